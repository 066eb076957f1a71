// The theme is a cookie, so that the server paints the first frame right.
const YEAR = 31536000;

export function wireTheme(root) {
  for (const button of root.querySelectorAll("[data-theme-set]")) {
    button.addEventListener("click", () => choose(button.dataset.themeSet));
  }
  mark();
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  mark();
}

function mark() {
  const current = document.documentElement.dataset.theme || "system";
  for (const button of document.querySelectorAll("[data-theme-set]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeSet === current));
  }
}
