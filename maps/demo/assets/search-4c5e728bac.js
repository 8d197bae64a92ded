// The start page's search and "near me": everything happens on this device, nothing is sent.
"use strict";

(() => {
  const LIMIT = 6;
  const NEAR = 5;
  const EARTH_KM = 6371;
  const form = document.getElementById("search");
  const field = document.getElementById("query");
  const results = document.getElementById("found");
  const status = document.getElementById("search-status");
  const words = form.dataset;
  const home = form.dataset.home;
  let list = null;

  const card = ({ name, page, town }, more) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = home + page;
    link.textContent = name;
    item.append(link);
    if (name !== list.towns[town][0] || more) {
      const where = document.createElement("p");
      where.className = "where";
      where.textContent = [name === list.towns[town][0] ? "" : list.towns[town][0], more]
        .filter(Boolean).join(" · ");
      item.append(where);
    }
    // The town's own card further down already says what comes next.
    const known = document.querySelector(`.towns li[data-page="${CSS.escape(list.towns[town][1])}"]`);
    if (known) item.append(...[...known.children].slice(1).map((part) => part.cloneNode(true)));
    return item;
  };

  const show = (things, said) => {
    results.replaceChildren(...things.map(([thing, more]) => card(thing, more)));
    status.textContent = said;
  };

  const search = () => {
    const query = field.value.trim();
    const found = findNames(list, query, LIMIT);
    const said = query && !found.length ? words.nothing : "";
    show(found.map((thing) => [thing, ""]), found.length ? `${words.count} ${found.length}` : said);
  };

  const apartKm = (a, b) => {
    const rad = Math.PI / 180;
    const [up, right] = [(b.lat - a.lat) * rad, (b.lon - a.lon) * rad];
    const h = Math.sin(up / 2) ** 2
      + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(right / 2) ** 2;
    return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
  };

  const near = ({ coords }) => {
    const here = { lat: coords.latitude, lon: coords.longitude };
    const km = new Intl.NumberFormat(document.documentElement.lang, {
      style: "unit", unit: "kilometer", maximumFractionDigits: 1,
    });
    const things = [
      ...list.stops.map(([name, , page, town, lat, lon]) => ({ name, page, town, lat, lon })),
      ...list.towns.map(([name, page, , lat, lon], town) => ({ name, page, town, lat, lon })),
    ].map((thing) => ({ ...thing, km: apartKm(here, thing) }));
    const nearest = things.sort((a, b) => a.km - b.km).slice(0, NEAR);
    show(nearest.map((thing) => [thing, km.format(thing.km)]), words.nearDone);
  };

  field.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = results.querySelector("a");
    if (first) first.click();
  });
  document.getElementById("near").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(near, () => show([], words.nearFailed), {
      maximumAge: 5 * 60 * 1000, timeout: 15 * 1000,
    });
  });
  if (!("geolocation" in navigator)) document.getElementById("near").hidden = true;

  // Opened from a folder, browsers read no other file; then the list of towns has to do.
  if (!location.protocol.startsWith("http")) return;
  fetch(form.dataset.names).then((answer) => answer.json()).then((names) => {
    list = names;
    form.hidden = false;
    if (field.value) search();
  }).catch(() => {});
})();
