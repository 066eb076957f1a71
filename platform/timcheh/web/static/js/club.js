// The member's app on a phone: it sets its worker up, keeps the card for when there is no network,
// and looks again when there is one.
const manifest = document.querySelector("link[rel=manifest]");
const root = new URL(manifest.href).pathname.replace("/manifest.webmanifest", "");
const keeps = document.querySelector("[data-keeps-card]");
const AGAIN = 5000;
const away = "offline" in document.body.dataset || document.querySelector("[data-no-network]");

if ("serviceWorker" in navigator) setUp().catch(() => undefined); // the pages work without, too
if (away) lookAgain();
offerToInstall(document.querySelector("[data-installs]"));
offerToShare(document.querySelector("[data-shares]"));

async function setUp() {
  const { serviceWorker } = navigator;
  const first = !serviceWorker.controller;
  await serviceWorker.register(`${root}/worker.js`, { scope: root, updateViaCache: "none" });
  if (!keeps || away) return;
  if (first) await controlled(serviceWorker);
  // The worker keeps the home page as it passes through, but this one came before the worker.
  const wanted = first ? [root, `${root}/card`] : [`${root}/card`];
  // Read to the end: an answer that nobody reads keeps the network busy.
  await Promise.all(wanted.map(async (path) => (await fetch(path)).text()));
}

function controlled(serviceWorker) {
  return new Promise((done) => {
    serviceWorker.addEventListener("controllerchange", done, { once: true });
    if (serviceWorker.controller) done();
  });
}

async function lookAgain() {
  // Being told of a network is not having one: a page that is reloaded in vain undoes what was begun.
  const look = async () => {
    if (document.visibilityState === "visible" && (await reached())) location.reload();
  };
  addEventListener("online", look);
  setInterval(look, AGAIN);
  if (!("caches" in window) || !(await caches.match(`${root}/card`))) return;
  for (const part of document.querySelectorAll("[data-if-kept]")) part.hidden = false;
}

// A phone with a network may still not reach us, and it doesn't always say that it has one again.
async function reached() {
  try {
    return (await fetch(manifest.href, { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// The phone's own sheet; where there is none the address is copied.
function offerToShare(button) {
  if (!button) return;
  const copy = document.querySelector("[data-copies][data-tells]");
  const said = document.getElementById(copy.dataset.tells);
  copy.addEventListener("click", () => {
    document.querySelector("[data-address]").select(); // to copy by hand, where nothing else can
    said.textContent = said.dataset.text;
  });
  button.addEventListener("click", () => {
    const { shares: url, words: text } = button.dataset;
    if (!navigator.share) return copy.click();
    navigator.share({ text, url }).catch(() => undefined); // they closed the sheet
  });
}

// Shown only where the browser can do it; the page says how else.
function offerToInstall(button) {
  if (!button) return;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    button.hidden = false;
    button.addEventListener("click", () => event.prompt(), { once: true });
  });
}
