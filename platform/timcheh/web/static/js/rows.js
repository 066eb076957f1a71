// A row is a link: a click anywhere in it, and arrows from row to row.
export function wireRows(root) {
  for (const row of root.querySelectorAll("tr[data-href]")) {
    const link = row.querySelector("a");
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, label") || getSelection().toString()) return;
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
      else location.assign(row.dataset.href);
    });
    link?.addEventListener("keydown", (event) => {
      const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      const next = step && row[step]?.querySelector("a");
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }
}
