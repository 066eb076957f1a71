// What the member's app does without a network: the card and the home page as they were seen last,
// a calm page for the rest. The server puts `const SETTINGS` before this: root, the path that the
// app lives under; assets, what its pages are made of; version, which changes with either.
const { root, assets, version } = SETTINGS;
const OFFLINE = `${root}/offline`;
const KEPT = [root, `${root}/card`]; // a member's own: gone as soon as the door is seen again
const SHELL = `timcheh ${root} shell ${version}`;
const OWN = `timcheh ${root} own`;
const PATIENCE = 4000; // a bad network is waited for no longer where a page is kept

let term = 0; // counts how often what is kept was dropped: what was asked for before isn't kept

addEventListener("install", (event) => event.waitUntil(equip()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(event, pathname));
  else if (request.method !== "GET") return;
  else if (KEPT.includes(pathname)) event.respondWith(fetchAndKeep(request, pathname));
  else if (search.startsWith("?v=")) event.respondWith(asset(request));
});

async function equip() {
  const cache = await caches.open(SHELL);
  await cache.addAll([...assets, new Request(OFFLINE, { cache: "reload" })]);
  await skipWaiting();
}

async function takeOver() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`timcheh ${root} shell `));
  await Promise.all(ours.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  await clients.claim();
}

async function visit(event, path) {
  const { request } = event;
  if (path.startsWith(`${root}/sign-`)) await forget();
  const kept = KEPT.includes(path) && request.method === "GET";
  const asked = kept ? fetchAndKeep(request, path) : fetch(request);
  event.waitUntil(asked.catch(() => undefined));
  try {
    return await (kept ? Promise.race([asked, tooLate(path)]) : asked);
  } catch {
    return (kept && (await remembered(path))) || (await caches.match(OFFLINE)) || Response.error();
  }
}

async function fetchAndKeep(request, path) {
  const begun = term;
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected && begun === term) {
    const cache = await caches.open(OWN);
    await cache.put(path, answer.clone());
    if (begun !== term) await caches.delete(OWN);
  }
  return answer;
}

// Fails when the network has had its time and there is a page to show in its place.
function tooLate(path) {
  return new Promise((_, fail) => {
    setTimeout(async () => {
      if (await (await caches.open(OWN)).match(path)) fail(new Error("slow"));
    }, PATIENCE);
  });
}

// The page says itself that it is an old one.
async function remembered(path) {
  const found = await (await caches.open(OWN)).match(path);
  if (!found) return undefined;
  const headers = new Headers();
  for (const name of ["content-type", "content-security-policy"]) {
    headers.set(name, found.headers.get(name));
  }
  return new Response((await found.text()).replace("<body", "<body data-offline"), { headers });
}

async function asset(request) {
  const found = await caches.match(request.url);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request.url, answer.clone());
  return answer;
}

async function forget() {
  term += 1;
  await caches.delete(OWN);
}
