// The till's first field takes a mobile, a member's number, a card, an own customer's name, or an
// amount. Names are looked for as they are typed and chosen from a list over the page.
import { toLatin, toShown } from "./digits.js";
import { ask } from "./till-asking.js";
import { takeAmount } from "./till-lines.js";

const till = document.querySelector("[data-till]");
export const member = document.getElementById("f-member");
const list = document.getElementById("till-found");
const SHORTEST = 3;
const WAIT = 200;
let timer;
let at = -1;

const lettersOf = (text) => (text.match(/\p{L}/gu) ?? []).length;
const isOpen = () => !list.hidden;
const options = () => [...list.querySelectorAll("[data-card]")];

export function close() {
  clearTimeout(timer);
  list.hidden = true;
  at = -1;
  member.setAttribute("aria-expanded", "false");
  member.removeAttribute("aria-activedescendant");
}

function option({ name, card, tail }, n) {
  const item = document.createElement("li");
  Object.assign(item, { id: `till-found-${n}`, role: "option", className: "till__option" });
  Object.assign(item.dataset, { card });
  const digits = Object.assign(document.createElement("bdi"), { textContent: `…${tail}`, className: "muted" });
  item.append(name, " ", digits);
  return item;
}

function nobody() {
  return Object.assign(document.createElement("li"), { role: "option", ariaDisabled: "true", className: "till__option muted", textContent: list.dataset.none });
}

function point(n) {
  at = n;
  options().forEach((each, i) => each.setAttribute("aria-selected", String(i === n)));
  member.setAttribute("aria-activedescendant", options()[n]?.id ?? "");
}

async function look() {
  const text = member.value.trim();
  const found = (await ask(`${till.dataset.customers}?q=${encodeURIComponent(text)}`)).data;
  if (!Array.isArray(found) || member.value.trim() !== text) return;
  list.replaceChildren(...(found.length ? found.map(option) : [nobody()]));
  list.hidden = false;
  member.setAttribute("aria-expanded", "true");
  point(found.length ? 0 : -1);
}

const chosen = new EventTarget();
export const onChosen = (listener) => chosen.addEventListener("chosen", listener);

function choose(card) {
  close();
  member.value = toShown(card);
  for (const name of ["input", "change"]) member.dispatchEvent(new Event(name, { bubbles: true }));
}

// Enter in the field: whether it has done something that keeps the focus here.
export async function enterMember() {
  if (lettersOf(member.value) >= SHORTEST && !/^[%;]/.test(member.value)) {
    if (!isOpen()) await look().catch(() => {});
    const option = options()[at];
    if (option) choose(option.dataset.card);
    return true;
  }
  const amount = toLatin(member.value).replace(/[٬,\s]/g, "");
  if (!/^[1-9]\d{2,8}$/.test(amount)) return false;
  member.value = "";
  takeAmount(amount);
  return true;
}

member.addEventListener("input", () => {
  clearTimeout(timer);
  if (lettersOf(member.value) < SHORTEST) close();
  else timer = setTimeout(() => look().catch(close), WAIT);
});
// A card that was swiped, a code that the camera read, a name that was chosen: on to the sale.
member.addEventListener("change", (event) => event.isTrusted || setTimeout(() => chosen.dispatchEvent(new Event("chosen"))));
member.addEventListener("blur", () => setTimeout(close, 150)); // a click on the list comes first
member.addEventListener("keydown", (event) => {
  if (!isOpen()) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options().length) point((at + step + options().length) % options().length);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
list.addEventListener("pointerdown", (event) => {
  const option = event.target.closest("[data-card]");
  event.preventDefault();
  if (option) choose(option.dataset.card);
});
document.querySelector("[data-names]")?.addEventListener("click", (event) => {
  const names = member.inputMode !== "text";
  member.inputMode = names ? "text" : "tel";
  event.currentTarget.setAttribute("aria-pressed", String(names));
  member.focus();
});
