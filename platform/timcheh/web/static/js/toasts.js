// What has been done fades after a while; what went wrong stays until it is closed.
const STAYS = 6000;
const STAYS_TO_UNDO = 12_000;

export function wireToasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]")) {
    toast.querySelector("[data-toast-close]")?.addEventListener("click", () => toast.remove());
    if (toast.dataset.toast !== "bad") leaveLater(toast);
  }
}

// A toast of the page's own words, which wait at the place of toasts.
export function tell(what) {
  const toasts = document.getElementById("toasts");
  const toast = Object.assign(document.createElement("div"), { className: "toast", textContent: toasts.dataset[what] });
  toasts.append(toast);
  leaveLater(toast);
}

function leaveLater(toast) {
  const stays = toast.querySelector("form") ? STAYS_TO_UNDO : STAYS;
  let timer = setTimeout(() => toast.remove(), stays);
  const hold = () => clearTimeout(timer);
  const release = () => (timer = setTimeout(() => toast.remove(), stays));
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", release);
}
