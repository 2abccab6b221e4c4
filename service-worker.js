// Keeps the page for visits without a network.
//
// The page comes from the network first, so every visitor with a network gets the newest version.
// Files with a hash in their name never change and come from the cache. Only the page, the files
// that its tags name, and what it fetches later are ever stored: another page of the same origin,
// even in a folder below, is left alone. What was never opened is not there without a network.

const SCOPE = new URL(self.registration.scope);
/** Other folders of the origin share its storage, so the name holds the path. */
const OWN_CACHES = `raftarium ${SCOPE.pathname} `;
/** The last part changes when an older cache can no longer be read. */
const CACHE = `${OWN_CACHES}1`;
/** What the page fetches when a person opens it. The name of the page's program is the query of
 * the lab, so that another version is another file. */
const LATER = /^(catalogue\.tsv|lab(_bg)?\.(js|wasm)|(scenarios|lessons|challenges|pictures)\/.+)$/;
/** A stored page is shown if the network takes longer. */
const PATIENCE_MS = 4000;

/** Whether this is the page itself, with any query. */
function isPage({ origin, pathname }) {
  const paths = [SCOPE.pathname, `${SCOPE.pathname}index.html`];
  return origin === SCOPE.origin && paths.includes(pathname);
}

/** Whether the name holds a hash of the contents, as in `style-0123456789abcdef.css`. */
function isHashed(address) {
  return /-[0-9a-f]{12,}[^/]*$/.test(new URL(address).pathname);
}

function isLater(address) {
  const { origin, pathname } = new URL(address);
  if (origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return false;
  return LATER.test(pathname.slice(SCOPE.pathname.length));
}

/** The addresses of the files in this folder that the tags of a page name. */
function filesOf(html) {
  const tags = html.matchAll(/<(?:link|script)\s[^>]*?\b(?:href|src)="?([^"\s>]+)/g);
  const addresses = [...tags].map(([, name]) => new URL(name, SCOPE).href);
  return addresses.filter((address) => address.startsWith(SCOPE.href));
}

/**
 * Stores a page after all its files, then drops the files of earlier versions. A page without a
 * program is not ours: some networks answer with a page of their own.
 */
async function store(html) {
  const files = filesOf(html);
  if (!files.some((file) => file.endsWith(".wasm"))) return;
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map(async (file) => {
      if (!isHashed(file)) await cache.add(new Request(file, { cache: "no-cache" }));
      else if (!(await cache.match(file))) await cache.add(file);
    }),
  );
  const headers = { "content-type": "text/html; charset=utf-8" };
  await cache.put(SCOPE.href, new Response(html, { headers }));
  const kept = new Set([SCOPE.href, ...files]);
  const isKept = ({ url }) => {
    const version = new URL(url).search.slice(1);
    return kept.has(url) || (isLater(url) && files.some((file) => file.endsWith(version)));
  };
  const old = (await cache.keys()).filter((request) => !isKept(request));
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function stored(address) {
  const cache = await caches.open(CACHE);
  return cache.match(address, { ignoreVary: true });
}

/** Stores a page if it differs from the stored one. */
async function storeNewer(response) {
  if (!response.ok) return;
  const html = await response.text();
  const before = await stored(SCOPE.href);
  if (html !== (await before?.text())) await store(html);
}

/** The page from the network, or the stored one if the network fails or is slow. */
async function openPage(event) {
  const fresh = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  event.waitUntil(fresh.then((response) => storeNewer(response.clone())).catch(() => {}));
  const old = await stored(SCOPE.href);
  if (!old) return fresh;
  const tooLate = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const first = await Promise.race([fresh.catch(() => null), tooLate]);
  return first && first.status < 500 ? first : old;
}

/** Stores a file that the page has fetched later. */
async function keep(request, response) {
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
}

async function openFile(event) {
  const { request } = event;
  if (isHashed(request.url)) return (await stored(request.url)) ?? fetch(request);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && isLater(request.url)) {
      // Storage may be full.
      event.waitUntil(keep(request, fresh.clone()).catch(() => {}));
    }
    return fresh;
  } catch (error) {
    const old = await stored(request.url);
    if (!old) throw error;
    return old;
  }
}

/** Fetches the page again, and tells the asking tab whether it names files that the tab lacks. */
async function check({ data, source }) {
  const response = await fetch(SCOPE, { cache: "no-cache" });
  if (!response.ok) return;
  const newest = filesOf(await response.clone().text());
  await storeNewer(response);
  const own = filesOf(String(data.head));
  if (newest.some((file) => !own.includes(file))) source.postMessage({ type: "new-version" });
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(SCOPE, { cache: "no-cache" }).then(storeNewer));
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(OWN_CACHES) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    // The request for the page need not wait for this worker to start.
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (isPage(url)) event.respondWith(openPage(event));
  } else if (url.href.startsWith(SCOPE.href)) {
    event.respondWith(openFile(event));
  }
});

self.addEventListener("message", (event) => {
  // Without a network there is nothing newer.
  if (event.data?.type === "check") event.waitUntil(check(event).catch(() => {}));
});
