// <button data-opens="id"> opens a <dialog>; [data-closes] and a click on the veil close it.
export function wireDialogs(root) {
  for (const opener of root.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", () => {
      const dialog = document.getElementById(opener.dataset.opens);
      dialog.showModal();
      dialog.addEventListener("close", () => opener.focus(), { once: true });
    });
  }
  for (const dialog of root.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
    });
    // A form that came back with mistakes is open again.
    if (dialog.querySelector("[aria-invalid=true], .field__met")) dialog.showModal();
  }
}

// The menu may be longer than the window, and tabs wider: where one is comes into sight, once all
// that other scripts show is there.
addEventListener("DOMContentLoaded", () => {
  document.querySelector("#places [aria-current]")?.scrollIntoView({ block: "nearest" });
  for (const tab of document.querySelectorAll(".tabs [aria-current], .chips--slide [aria-current]")) {
    const row = tab.parentElement;
    const [here, whole] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    const seen = here.left >= whole.left && here.right <= whole.right;
    if (!seen) row.scrollLeft += (here.left + here.right - whole.left - whole.right) / 2;
  }
});
