// What every page does with JavaScript: leave quickly, tell old from new, choose a bus, keep a
// copy for times without a network. Nothing else is stored, nothing is sent.
"use strict";

(() => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const TWICE_MS = 1500;
  const MOST_TOWNS_KEPT = 40;
  const WEEKS_KEPT = 2;
  const leave = document.getElementById("leave");
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Replacing leaves no entry of this page behind the empty one.
  const go = () => location.replace(leave.href);
  let pressed = -Infinity;
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      pressed = -Infinity;
      return;
    }
    if (event.timeStamp - pressed < TWICE_MS) go();
    pressed = event.timeStamp;
  });

  // Styles for small screens take the roles of tables away from them in some browsers.
  const roles = {
    TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell",
  };
  for (const table of all("table.visits")) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) {
      part.setAttribute("role", roles[part.tagName]);
    }
    for (const head of table.querySelectorAll("th")) {
      head.setAttribute("role", head.scope === "col" ? "columnheader" : "rowheader");
    }
  }

  const look = () => {
    const now = Date.now();
    const note = document.querySelector(".if-old");
    const old = now - Date.parse(document.getElementById("stand").dateTime) > DAY_MS;
    note.hidden = !old;
    if (old && !note.classList.contains("is-old")) {
      note.firstElementChild.textContent = note.dataset.old;
      note.classList.add("is-old");
      note.setAttribute("role", "status");
    }
    for (const element of all("[data-until]")) {
      element.classList.toggle("is-over", Date.parse(element.dataset.until) <= now);
    }
    // Service days are days in Berlin, wherever the reader's clock stands.
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" }).format(now);
    for (const element of all("[data-day]")) {
      element.hidden = element.dataset.day !== today;
    }
    document.getElementById("offline").hidden = navigator.onLine;
  };
  look();
  setInterval(look, 60 * 1000);
  addEventListener("online", look);
  addEventListener("offline", look);

  // Which bus somebody looks for stays in this page: neither address nor storage knows it.
  const choose = (choice, chosen) => {
    for (const button of choice.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    const table = document.getElementById(choice.dataset.table);
    for (const row of table.querySelectorAll(".visit")) {
      row.hidden = Boolean(chosen.value) && row.dataset.bus !== chosen.value;
    }
    for (const day of table.tBodies) {
      day.hidden = [...day.querySelectorAll(".visit")].every((row) => row.hidden);
    }
  };
  for (const choice of all(".choice")) {
    choice.hidden = false;
    choice.addEventListener("click", ({ target }) => {
      const chosen = target.closest("button");
      if (chosen) choose(choice, chosen);
    });
  }

  // The same copy for everybody. The start page says what comes next in every town and the weeks
  // tell the rest, so where there are too many towns their own pages can be spared.
  const keepCopy = async () => {
    const towns = all("#orte ~ .towns li[data-page] > a").map((link) => link.href);
    if (!towns.length) return;
    const weeks = all(".weeks a").slice(0, WEEKS_KEPT).map((link) => link.href);
    const assets = all("link[rel=stylesheet], link[rel=icon], script[src], form[data-names]").map(
      (element) => element.href || element.src || new URL(element.dataset.names, location).href,
    );
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({
      edition: `${document.getElementById("search").dataset.edition} ${document.getElementById("stand").dateTime}`,
      start: location.href,
      pages: [...weeks, ...(towns.length > MOST_TOWNS_KEPT ? [] : towns)],
      assets,
    });
  };
  if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
    addEventListener("load", () => {
      navigator.serviceWorker.register(document.body.dataset.worker).then(keepCopy).catch(() => {});
    });
  }
})();
