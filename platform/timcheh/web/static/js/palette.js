// Ctrl-K: a combobox (APG: list autocomplete) whose options are links that the server finds.
import { toShown } from "./digits.js";

const PAUSE = 120;
const dialog = document.getElementById("palette");
const input = dialog.querySelector("[role=combobox]");
const list = dialog.querySelector("[role=listbox]");
const says = dialog.querySelector("[data-palette-says]");
const options = () => [...list.querySelectorAll("[role=option]")];
let chosen;
let waiting;
let asked = 0;

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  find();
}

async function find() {
  const turn = (asked += 1);
  const answer = await fetch(`${dialog.dataset.palette}?q=${encodeURIComponent(input.value)}`, { headers: { "hx-request": "true" } });
  if (turn !== asked) return; // more was typed meanwhile
  if (answer.headers.has("hx-redirect")) return location.assign(answer.headers.get("hx-redirect"));
  if (!answer.ok) return;
  list.innerHTML = await answer.text();
  says.textContent = says.dataset.many.replace("#", toShown(String(options().length)));
  choose(options()[0]);
}

function choose(option) {
  chosen?.setAttribute("aria-selected", "false");
  chosen = option;
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
  else input.removeAttribute("aria-activedescendant");
}

function move(step) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen) + step + all.length) % all.length]);
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE);
});
input.addEventListener("keydown", (event) => {
  const acts = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => chosen?.click() };
  if (!acts[event.key] || event.isComposing) return;
  event.preventDefault();
  acts[event.key]();
});
list.addEventListener("pointermove", ({ target }) => {
  const option = target.closest("[role=option]");
  if (option && option !== chosen) choose(option);
});
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== "KeyK") return; // whatever the keyboard's language
  event.preventDefault();
  open();
});
for (const button of document.querySelectorAll("[data-palette-open]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
