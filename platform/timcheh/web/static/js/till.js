// The till's rows, goods and keys. What a sale comes to is always the server's word.
import { toLatin } from "./digits.js";

const till = document.querySelector("[data-till]");
const lines = till.querySelector("[data-lines]");
const template = till.querySelector("[data-line-template]");
let next = lines.children.length;

const changed = () => till.dispatchEvent(new Event("till:changed"));

function addLine() {
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("NEXT", String(next++));
  const line = holder.firstElementChild;
  const before = lines.lastElementChild?.querySelector("select");
  lines.append(line);
  if (before) line.querySelector("select").value = before.value; // who sells mostly sells on
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: line } })); // wires it as a fragment
  line.querySelector("input").focus();
}

const undo = till.querySelector("[data-line-undo]");
const removed = [];

function removeLine(line) {
  if (lines.children.length === 1) addLine();
  removed.push([line, [...lines.children].indexOf(line)]);
  line.remove();
  undo.hidden = false;
  lines.lastElementChild.querySelector("[data-money]").focus();
  changed();
}

function bringBack() {
  const [line, at] = removed.pop();
  lines.insertBefore(line, lines.children[at] ?? null);
  undo.hidden = !removed.length;
  line.querySelector("input").focus();
  changed();
}

// A code is looked up when it is whole: each one that is not known counts as a guess.
for (const field of till.querySelectorAll("[data-quiet]")) field.addEventListener("input", (event) => event.stopPropagation());

till.addEventListener("click", (event) => {
  if (event.target.closest("[data-line-undo]")) bringBack();
  if (event.target.closest("[data-line-add]")) addLine();
  const remove = event.target.closest("[data-line-remove]");
  if (remove) removeLine(remove.closest("[data-line]"));
});

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
  const price = input.closest("[data-line]").querySelector("[data-money]");
  if (!good || (price.value && !price.dataset.filled)) return;
  input.value = good.name;
  price.value = good.price;
  price.dataset.filled = "yes";
  price.dispatchEvent(new Event("input", { bubbles: true }));
  changed();
}

till.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.matches("[data-money]")) delete event.target.dataset.filled;
  if (!event.target.matches("[data-good]")) return;
  clearTimeout(typing);
  typing = setTimeout(suggest, 150, event.target);
});
till.addEventListener("change", (event) => event.target.matches("[data-good]") && complete(event.target));

// A scanner types a code and Enter: its good takes the line, or one more of it, and the next can come.
const quantityOf = (line) => line.querySelector("[name$=-quantity]");

async function scan(input) {
  await complete(input);
  const good = goods.get(toLatin(input.value.trim()));
  if (!good) return input.closest("[data-line]").querySelector("[data-money]").select();
  const line = input.closest("[data-line]");
  const same = [...lines.children].find((each) => each !== line && each.querySelector("[data-good]").value === good.name);
  if (same) {
    const count = quantityOf(same);
    count.value = String(Number(toLatin(count.value) || 0) + 1);
    count.dispatchEvent(new Event("input", { bubbles: true }));
    line.querySelectorAll("input").forEach((each) => (each.value = each === quantityOf(line) ? "1" : ""));
    input.focus();
  } else addLine();
  changed();
}

const scanned = (text) => /^\d{6,}$/.test(toLatin(text.trim()));

// Enter goes on to the next field, and from the last price to a new line; it never records.
till.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (event.target.matches("[data-good]") && scanned(event.target.value)) {
    scan(event.target);
    return;
  }
  const inputs = [...till.querySelectorAll("#f-member, [data-line] input:not([data-off])")];
  // What is taken off a line is typed seldom: Enter passes it by, and goes on from it as from the price.
  const here = event.target.matches("[data-off]") ? event.target.closest("[data-line]").querySelector("[data-money]") : event.target;
  if (!inputs.includes(here)) return;
  const following = inputs[inputs.indexOf(here) + 1];
  if (following) following.select();
  else if (here.value) addLine();
});

const keys = {
  F2: () => document.getElementById("f-member").select(),
  F4: () => document.getElementById("f-spend_credit").click(),
  F7: () => document.getElementById("f-off")?.select(),
  F9: () => till.requestSubmit(),
  Escape: () => till.querySelector("[data-till-clear]").click(),
};
document.addEventListener("keydown", (event) => {
  if (!keys[event.key] || document.querySelector("dialog[open], :popover-open")) return;
  event.preventDefault();
  keys[event.key]();
});
