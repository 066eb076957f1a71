// At the club's door nothing of whoever was here before is kept. The worker sees to it as well; this
// is for a page that has come past it.
if ("caches" in window) {
  for (const name of await caches.keys()) {
    if (/^timcheh .+ own$/.test(name)) await caches.delete(name);
  }
}
