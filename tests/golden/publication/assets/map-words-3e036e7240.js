// The words of the map, taken from the page that it stands on. So the map says what the table
// says, in the page's language, and no text from data is part of the map's own script.
"use strict";

const mapWords = (() => {
  const row = (anchor) => document.getElementById(anchor);
  const text = (element, selector) => (element.querySelector(selector) || {}).textContent || "";

  const made = (tag, className, ...parts) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...parts);
    return element;
  };

  const dayOf = (visit) => text(visit.closest("tbody"), ".day-title");
  const townOf = (visit) => [text(visit, ".locality"), text(visit, ".town")].filter(Boolean).join(", ");
  const busOf = (number) => document.querySelector(`.legend [data-bus="${number}"]`);

  return {
    popup(anchor) {
      const visit = row(anchor);
      const bus = made("p", "");
      bus.append(...[...visit.querySelector(".bus").childNodes].map((node) => node.cloneNode(true)));
      const when = made("p", "", dayOf(visit), document.createElement("br"),
        made("b", "", text(visit, ".time")));
      const state = made("p", `state ${visit.className}`, text(visit, ".state-word"));
      state.classList.remove("visit", "is-over");
      const remarks = [...visit.querySelectorAll(".remark:not(.locality), .tag")]
        .map((remark) => made("p", "remark", remark.textContent));
      const popup = made("div", "popup", when, made("h3", "", text(visit, ".name")),
        made("p", "", townOf(visit)), bus, state, ...remarks);
      popup.dir = document.documentElement.dir; // the map itself is never mirrored
      return popup;
    },

    label(anchor) {
      const visit = row(anchor);
      const where = `${text(visit, ".town")}, ${text(visit, ".name")}`;
      const when = `${dayOf(visit)}, ${text(visit, ".time")}`;
      return `${when}, ${text(visit, ".bus bdi")}, ${where}: ${text(visit, ".state-word")}`;
    },

    // HTML, since Leaflet's control takes nothing else; every piece is an element of the page.
    layer(anchor) {
      const visit = row(anchor);
      const bus = busOf(visit.dataset.bus);
      const day = made("span", "", visit.closest("tbody").dataset.short);
      return `${bus.querySelector(".pin").outerHTML} ${day.outerHTML} ${bus.querySelector("bdi").outerHTML}`;
    },
  };
})();
