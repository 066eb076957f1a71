// What has been done fades after a while; what went wrong stays until it is closed.
const STAYS = 6000;

export function wireToasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]")) {
    toast.querySelector("[data-toast-close]")?.addEventListener("click", () => toast.remove());
    if (toast.dataset.toast !== "bad") leaveLater(toast);
  }
}

function leaveLater(toast) {
  let timer = setTimeout(() => toast.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const release = () => (timer = setTimeout(() => toast.remove(), STAYS));
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", release);
}
