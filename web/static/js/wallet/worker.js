// Keeps a citizen's tickets on the phone, so that they open without a network: a service worker.
//
//   page asked for ── answered in time ───────────▶ shown, and kept anew when it is this person's
//                 └── silence, or a service away ─▶ the kept copy, which says that it is one
//   signing out, or a page of somebody else ──────▶ all that is kept of the person is dropped
//
// One cache a person, named for the form of what is in it; a page is kept together with the files that it
// names, so both are always of one version. What no kept page names any more is dropped.

const FORM = "antrean-tickets-1:";
const PAGE = /^\/(pesanan|tiket\/[A-Z]{3}-[0-9A-Z]{6})$/;
const LIST = "/pesanan";
const SIGN_OUT = "/keluar";
const FILE = /["'](\/aset\/[^"'#?]+)/g;
const PATIENCE_MS = 4000;

let signedOut = 0;
let work = Promise.resolve();

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(drop((name) => !name.startsWith(FORM)).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname.startsWith(SIGN_OUT)) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(open(event, pathname));
  else if (pathname.startsWith("/aset/")) event.respondWith(kept(pathname).then((copy) => copy ?? fetch(request)));
});

// The first page was there before this worker: it asks to be kept, and is told when it is.
self.addEventListener("message", (event) => {
  const path = event.data.keep;
  if (PAGE.test(path)) event.waitUntil(keepUnlessKept(path).then(() => event.source.postMessage({ kept: path })));
});

/** Answer with the page as it is now, or with its copy when that takes too long. */
async function open(event, path) {
  const begun = signedOut;
  const asked = fetch(event.request);
  const copying = asked.then(
    (answer) => keep(path, event.request.url.includes("?") ? undefined : answer.clone(), begun),
    () => undefined, // no network: there is nothing new to keep
  );
  event.waitUntil(copying);
  const answer = await Promise.race([asked.catch(() => undefined), pause(PATIENCE_MS)]);
  const isGood = answer && answer.status < 500 && !(answer.type === "opaqueredirect" && path !== LIST);
  return (isGood && answer) || (await kept(path)) || answer || asked;
}

/** Keep a page, one after the other, unless somebody signed out since it was asked for. */
function keep(path, answer, begun) {
  work = work.catch(() => undefined).then(async () => {
    const page = answer ?? (await fetch(path, { redirect: "manual" }));
    if (begun !== signedOut) return;
    const owner = page.headers.get("wallet-owner");
    const isForKeeping = page.headers.has("wallet-until"); // a bill is not: it would soon be wrong
    if (page.ok && owner) await drop((name) => name !== FORM + owner);
    if (page.status === 403 || page.status === 404 || (page.ok && owner && !isForKeeping)) await discard(path);
    else if (page.ok && owner && (await keepOf(owner, path, page)) && path !== LIST) {
      await keepOf(owner, LIST, await fetch(LIST)); // a ticket that is new, or is not what it was, is so in the list
    }
  });
  return work;
}

async function keepUnlessKept(path) {
  await work.catch(() => undefined);
  if (!(await kept(path))) await keep(path, undefined, signedOut);
}

/** Keep a page for its owner alone; tell whether it is another than before. */
async function keepOf(owner, path, page) {
  const cache = await caches.open(FORM + owner);
  const html = (await page.text()).replace("<html ", `<html data-kept="${new Date().toISOString()}" `);
  const before = await (await cache.match(path))?.text();
  await Promise.all(filesOf(html).map(async (file) => (await cache.match(file)) ?? cache.add(file)));
  await cache.put(path, new Response(html, { headers: kindOf(page) }));
  await tidy(cache);
  return unstamped(before) !== unstamped(html);
}

/** Drop pages whose time is over, and files that no page names. */
async function tidy(cache) {
  const named = new Set();
  const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
  for (const path of paths.filter((one) => PAGE.test(one))) {
    const page = await cache.match(path);
    if (Date.parse(page.headers.get("wallet-until")) < Date.now()) await cache.delete(path);
    else for (const file of filesOf(await page.text())) named.add(file);
  }
  await Promise.all(paths.filter((path) => !PAGE.test(path) && !named.has(path)).map((path) => cache.delete(path)));
}

async function kept(path) {
  for (const name of await caches.keys()) {
    const copy = name.startsWith(FORM) && (await (await caches.open(name)).match(path, { ignoreVary: true }));
    if (copy) return copy;
  }
  return undefined;
}

async function discard(path) {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(path);
}

function forget() {
  signedOut += 1;
  return drop(() => true);
}

async function drop(isOld) {
  await Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
}

const filesOf = (html) => [...new Set([...html.matchAll(FILE)].map((found) => found[1]))];
const unstamped = (html) => html?.replace(/ data-kept="[^"]*"/, "");
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function kindOf(page) {
  const names = ["content-type", "content-language", "content-security-policy", "wallet-until"];
  return Object.fromEntries(names.map((name) => [name, page.headers.get(name) ?? ""]));
}
