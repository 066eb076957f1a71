// Theme and language are cookies, so that the server paints the first frame right.
const YEAR = 31536000;

export function wireTheme(root) {
  for (const button of root.querySelectorAll("[data-theme-set]")) {
    button.addEventListener("click", () => choose(button.dataset.themeSet));
  }
  for (const button of root.querySelectorAll("[data-language-set]")) {
    button.addEventListener("click", () => {
      keep("lang", button.dataset.languageSet);
      location.reload();
    });
  }
  mark();
}

function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  keep("theme", theme);
  mark();
}

function mark() {
  const current = document.documentElement.dataset.theme || "system";
  for (const button of document.querySelectorAll("[data-theme-set]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeSet === current));
  }
}
