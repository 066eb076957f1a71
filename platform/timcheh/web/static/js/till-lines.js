// The till's rows: adding, removing, goods by name or code, and amounts.
import { toLatin } from "./digits.js";
import { digitsOf } from "./money.js";
import { changed, spell } from "./till-outcome.js";

const till = document.querySelector("[data-till]");
const lines = till.querySelector("[data-lines]");
const template = till.querySelector("[data-line-template]");
const undo = till.querySelector("[data-line-undo]");
const removed = [];
let next = lines.children.length;

export const nameOf = (line) => line.querySelector("[data-good]");
export const priceOf = (line) => line.querySelector("[data-money]");
export const quantityOf = (line) => line.querySelector("[name$=-quantity]");
export const allLines = () => [...lines.children];
export const isBlank = (line) => !nameOf(line).value && !priceOf(line).value;

export function addLine({ focus = true } = {}) {
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("NEXT", String(next++));
  const line = holder.firstElementChild;
  const before = lines.lastElementChild?.querySelector("select");
  lines.append(line);
  if (before) line.querySelector("select").value = before.value; // who sells mostly sells on
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: line } })); // wires it as a fragment
  if (focus) nameOf(line).focus();
  return line;
}

function removeLine(line) {
  if (lines.children.length === 1) addLine();
  removed.push([line, allLines().indexOf(line)]);
  line.remove();
  undo.hidden = false;
  priceOf(lines.lastElementChild).focus();
  changed();
}

function bringBack() {
  const [line, at] = removed.pop();
  lines.insertBefore(line, lines.children[at] ?? null);
  undo.hidden = !removed.length;
  nameOf(line).focus();
  changed();
}

export function onlyOne() {
  allLines().slice(1).forEach((line) => line.remove());
  removed.length = 0;
  undo.hidden = true;
}

export function setPrice(line, digits) {
  const price = priceOf(line);
  price.value = digits;
  delete price.dataset.filled;
  price.dispatchEvent(new Event("input", { bubbles: true }));
  spell(price);
}

// An amount without a name: the first row that is blank takes it, else a new one.
export function takeAmount(digits) {
  setPrice(allLines().find(isBlank) ?? addLine({ focus: false }), digits);
}

// Goods are suggested as a line is named; a chosen or scanned one brings its name and price. Where
// this can't be, the server knows a SKU without a price just as well.
const suggestions = document.getElementById("till-groups");
const groups = [...suggestions.children];
const goods = new Map();
let typing;

async function find(text) {
  const answer = await fetch(`${till.dataset.goods}?q=${encodeURIComponent(text)}`);
  if (!answer.ok) return [];
  const found = await answer.json();
  for (const good of found) {
    goods.set(good.name, good).set(good.sku, good);
    if (good.barcode) goods.set(good.barcode, good);
  }
  return found;
}

async function suggest(input) {
  const text = toLatin(input.value.trim());
  const found = text ? await find(text).catch(() => []) : [];
  const options = found.map((good) => Object.assign(document.createElement("option"), { value: good.name, label: good.sku }));
  suggestions.replaceChildren(...options, ...groups);
}

async function complete(input) {
  const text = toLatin(input.value.trim());
  if (!text) return;
  if (!goods.has(text)) await find(text).catch(() => []);
  const good = goods.get(text);
  const price = priceOf(input.closest("[data-line]"));
  if (!good || (price.value && !price.dataset.filled)) return;
  input.value = good.name;
  price.value = good.price;
  price.dataset.filled = "yes";
  price.dispatchEvent(new Event("input", { bubbles: true }));
  changed();
}

const isCode = (text) => /^\d{6,}$/.test(text);
const isAmount = (text) => /^[1-9]\d{2,8}$/.test(text);

// Enter in a row's first field. A scanner types a code and Enter: its good takes the line, or one
// more of it, and the next can come. A number that is no good's is the amount. Says where to go on.
export async function enterName(input) {
  const line = input.closest("[data-line]");
  const text = toLatin(input.value.trim());
  if (!/^\d+$/.test(text)) return quantityOf(line); // its price comes by itself as the field is left
  await complete(input);
  const good = goods.get(toLatin(input.value.trim()));
  if (!good) {
    if (!isAmount(text)) return priceOf(line);
    input.value = "";
    setPrice(line, text);
    return priceOf(line);
  }
  if (!isCode(text)) return quantityOf(line);
  const same = allLines().find((each) => each !== line && nameOf(each).value === good.name);
  if (!same) return nameOf(addLine({ focus: false }));
  const count = quantityOf(same);
  count.value = String(Number(toLatin(count.value) || 0) + 1);
  count.dispatchEvent(new Event("input", { bubbles: true }));
  line.querySelectorAll("input").forEach((each) => (each.value = each === quantityOf(line) ? "1" : ""));
  changed();
  return input;
}

function thousands(price) {
  if (digitsOf(price.value)) setPrice(price.closest("[data-line]"), `${digitsOf(price.value)}000`);
  price.focus();
}

till.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.matches("[data-money]")) delete event.target.dataset.filled;
  if (!event.target.matches("[data-good]")) return;
  clearTimeout(typing);
  typing = setTimeout(suggest, 150, event.target);
});
till.addEventListener("change", (event) => event.target.matches("[data-good]") && complete(event.target));
till.addEventListener("keydown", (event) => {
  if (event.key !== "+" || !event.target.matches("[data-line] [data-money]")) return;
  event.preventDefault();
  thousands(event.target);
});
till.addEventListener("pointerdown", (event) => event.target.closest("[data-thousands]") && event.preventDefault()); // the focus stays
till.addEventListener("click", (event) => {
  if (event.target.closest("[data-line-undo]")) bringBack();
  if (event.target.closest("[data-line-add]")) addLine();
  const zeros = event.target.closest("[data-thousands]");
  if (zeros) thousands(priceOf(zeros.closest("[data-line]")));
  const remove = event.target.closest("[data-line-remove]");
  if (remove) removeLine(remove.closest("[data-line]"));
});
