// Money as it is typed: grouped in threes, and under it the same amount in words.
import { grouped, toLatin } from "./digits.js";
import { inWords } from "./words.js";

const MOST_DIGITS = 15;

export function wireMoney(root) {
  for (const input of root.querySelectorAll("input[data-money]")) {
    const live = document.getElementById(`${input.id}-live`);
    const show = () => {
      const fromEnd = input.value.length - input.selectionEnd;
      const digits = digitsOf(input.value);
      input.value = grouped(digits);
      if (document.activeElement === input) {
        const at = Math.max(0, input.value.length - fromEnd);
        input.setSelectionRange(at, at);
      }
      if (live) live.textContent = digits ? inWords(Number(digits), input.dataset.unitWord) : "";
    };
    show();
    input.addEventListener("input", (event) => event.isComposing || show());
  }
}

export const digitsOf = (text) => toLatin(text).replace(/\D/g, "").replace(/^0+(?=\d)/, "").slice(0, MOST_DIGITS);
