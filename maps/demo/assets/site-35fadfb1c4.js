// What every page does with JavaScript: leave quickly, tell old from new. Nothing is stored.
"use strict";

(() => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const TWICE_MS = 1500;
  const leave = document.getElementById("leave");

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

  const look = () => {
    const now = Date.now();
    const stand = document.getElementById("stand");
    const note = document.querySelector(".if-old");
    const old = now - Date.parse(stand.dateTime) > DAY_MS;
    note.hidden = !old;
    if (old && !note.classList.contains("is-old")) {
      note.firstElementChild.textContent = note.dataset.old;
      note.classList.add("is-old");
      note.setAttribute("role", "status");
    }
    for (const element of document.querySelectorAll("[data-until]")) {
      element.classList.toggle("is-over", Date.parse(element.dataset.until) <= now);
    }
    // Service days are days in Berlin, wherever the reader's clock stands.
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" }).format(now);
    for (const element of document.querySelectorAll("[data-day]")) {
      element.hidden = element.dataset.day !== today;
    }
  };
  look();
  setInterval(look, 60 * 1000);
})();
