// Keeps one copy of the timetable for times without a network: the same towns for everybody, so
// that what lies on a phone does not tell what somebody looked for.
"use strict";

const CACHE = "jugendmobil";
const PATIENCE_MS = 4000;

const keyOf = (url) => {
  const plain = new URL(url);
  [plain.search, plain.hash] = ["", ""];
  if (plain.pathname.endsWith("/")) plain.pathname += "index.html";
  return plain.href;
};

const isPage = (request) => request.mode === "navigate";
const isColours = (url) => /\/busse\.css$/.test(url); // the one style whose name always stays
const isAsset = (url) => /\/assets\/[^/]+\.(css|js|json|svg|png)$/.test(new URL(url).pathname);

const kept = async (url) => (await caches.open(CACHE)).match(keyOf(url));

const late = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

// Where a town's page is not kept, the start page still knows what comes next there.
const townOf = (url, home) => {
  const [, town = ""] = url.slice(keyOf(home).length - "index.html".length).match(/^ort\/([^/]+)\//) || [];
  return town ? `ort-${town}` : "orte";
};

// The network first; the copy when there is none, or when it takes too long.
const newest = async (request) => {
  const copy = await kept(request.url);
  const asked = fetch(request).catch(() => undefined);
  return (copy ? await Promise.race([asked, late()]) : await asked) || copy;
};

const page = async (request) => {
  const answer = await newest(request);
  if (answer) return answer;
  const start = await (await caches.open(CACHE)).match("start");
  if (!start) return Response.error();
  const home = await start.text();
  return Response.redirect(`${home}#${townOf(request.url, home)}`);
};

// A new publication replaces the copy as a whole; pages that are gone do not stay on the phone.
const keep = async ({ edition, start, pages, assets }) => {
  const cache = await caches.open(CACHE);
  const mark = `${edition} ${start}`;
  const before = await cache.match("mark");
  if (before && (await before.text()) === mark) return;
  const wanted = [start, ...pages, ...assets].map(keyOf);
  const answers = await Promise.all(wanted.map((url) => fetch(url, { cache: "no-cache" })));
  if (!answers.every((answer) => answer.ok)) return;
  for (const old of await cache.keys()) await cache.delete(old);
  await Promise.all(wanted.map((url, n) => cache.put(url, answers[n])));
  await cache.put("start", new Response(keyOf(start)));
  await cache.put("mark", new Response(mark));
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data).catch(() => {})));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  if (isPage(request)) event.respondWith(page(request));
  else if (isColours(request.url)) {
    event.respondWith(newest(request).then((answer) => answer || Response.error()));
  } else if (isAsset(request.url)) {
    event.respondWith(kept(request.url).then((copy) => copy || fetch(request)));
  }
});
