// What the sale comes to is always the server's word. Here: whether that word is about what is typed
// now, what the switches say of it, and the amount in words and in the other unit.
import { digitsOf } from "./money.js";
import { grouped } from "./digits.js";
import { inWords } from "./words.js";

const till = document.querySelector("[data-till]");
const seen = document.getElementById("preview");
const words = document.getElementById("till-words");
const RIAL_PER_TOMAN = 10;

export const typed = () => new URLSearchParams(new FormData(till)).toString();
export const changed = () => till.dispatchEvent(new Event("till:changed"));

let asked = typed();
let shown = asked;

export const isFresh = () => shown === typed();
export const isGood = () => Boolean(seen.querySelector("[data-member]")) && !seen.querySelector("[data-problem]");

function tell() {
  const outcome = seen.querySelector("[data-outcome]");
  for (const hint of till.querySelectorAll("[data-hint]")) hint.textContent = outcome?.dataset[hint.dataset.hint] || hint.dataset.else;
}

till.addEventListener("htmx:beforeRequest", () => (asked = typed()));
till.addEventListener("htmx:afterSwap", () => {
  shown = asked;
  tell();
});
tell();

export function spell(input) {
  const digits = input ? digitsOf(input.value) : "";
  if (!digits) return (words.textContent = "");
  const amount = Number(digits);
  const [other, unit] = till.dataset.unit === "toman" ? [String(amount * RIAL_PER_TOMAN), till.dataset.rial] : [String(Math.floor(amount / RIAL_PER_TOMAN)), till.dataset.toman];
  const said = inWords(amount, input.dataset.unitWord);
  words.textContent = [said, `${grouped(other)} ${unit}`].filter(Boolean).join(" · ");
}

for (const name of ["focusin", "input"]) {
  till.addEventListener(name, (event) => event.target.matches?.("[data-line] [data-money]") && spell(event.target));
}
