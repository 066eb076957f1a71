// Goods come back: everything at once, from field to field by Enter, F9 to record; where the
// purchase is looked for, the arrows go down the list and Escape goes back to the till.
import { toShown } from "./digits.js";

const form = document.querySelector("form[data-returns], form.till--back");
const fields = [...form.querySelectorAll("[data-left] input")];
const links = [...document.querySelectorAll(".list a.item")];

form.querySelector("[data-all-back]")?.addEventListener("click", () => {
  for (const field of fields) field.value = toShown(field.closest("[data-left]").dataset.left);
  fields[0]?.dispatchEvent(new Event("change", { bubbles: true }));
});
if (!document.querySelector("[data-mistakes]")) fields[0]?.focus();

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open], :popover-open")) return;
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && links.length) (links[at + step] ?? form.elements.q)?.focus();
  else if (event.key === "F9" && fields.length) form.requestSubmit();
  else if (event.key === "Escape" && form.dataset.till) location.assign(form.dataset.till);
  else if (event.key === "Enter" && fields.includes(event.target)) (fields[fields.indexOf(event.target) + 1] ?? form.querySelector(".btn--primary")).focus();
  else return;
  event.preventDefault();
});
