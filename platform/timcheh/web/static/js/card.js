// The screen stays on while the card is held out to a till.
async function stayOn() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the page isn't looked at: the screen goes off as it always does.
  }
}

stayOn();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") stayOn(); // the lock ends when the page is left
});
