// What is typed outlives a reload, a look at another page and a session's end, in this tab only and
// only until it is recorded, cleared, or somebody leaves. Passwords are never kept.
import { addLine, allLines, onlyOne } from "./till-lines.js";
import { changed } from "./till-outcome.js";

const till = document.querySelector("[data-till]");
const PLACE = `draft ${location.pathname} ${till.dataset.person}`;
const LEFT_OUT = new Set(["_csrf_token", "agree_password", "approval_code"]);
const WAIT = 250;
const LINE = /^lines-\d+-/;
let timer = 0; // while something is typed that isn't kept yet

export function read() {
  const values = Object.fromEntries([...new FormData(till)].filter(([name]) => !LEFT_OUT.has(name)));
  const lines = allLines().map((line) => Object.fromEntries([...line.querySelectorAll("[name]")].map((field) => [field.name.replace(LINE, ""), field.value])));
  return { values: Object.fromEntries(Object.entries(values).filter(([name]) => !LINE.test(name))), lines };
}

export const isEmpty = ({ values, lines }) => !values.member && lines.every((line) => !line.name && !line.price);

function set(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value === field.value;
  else field.value = value ?? "";
  if (field.matches("[data-digits], [data-money]")) field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function fill({ values, lines }) {
  onlyOne();
  for (const field of till.elements) if (field.name && !LINE.test(field.name) && !LEFT_OUT.has(field.name)) set(field, values[field.name]);
  lines.forEach((line, n) => {
    const row = allLines()[n] ?? addLine({ focus: false });
    for (const field of row.querySelectorAll("[name]")) set(field, line[field.name.replace(LINE, "")]);
  });
  if (["gift_card", "coupon", "off", "off_reason"].some((name) => values[name])) document.getElementById("till-extra").open = true;
  changed();
}

export function forget() {
  clearTimeout(timer);
  timer = 0;
  sessionStorage.removeItem(PLACE);
}

export function keep() {
  clearTimeout(timer);
  timer = 0;
  const draft = read();
  if (isEmpty(draft)) forget();
  else sessionStorage.setItem(PLACE, JSON.stringify(draft));
}

// Only into a page that says nothing of its own.
export function bringBack() {
  const kept = sessionStorage.getItem(PLACE);
  if (!kept || !isEmpty(read())) return false;
  fill(JSON.parse(kept));
  return true;
}

for (const name of ["input", "change", "till:changed"]) {
  till.addEventListener(name, () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
}
addEventListener("pagehide", () => timer && keep());
document.addEventListener("submit", (event) => event.target.action.endsWith("/sign-out") && sessionStorage.removeItem(PLACE));
