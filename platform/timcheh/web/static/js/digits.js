// Digits: shown as the page's language writes them, read whatever keyboard made them.
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const isPersian = document.documentElement.lang === "fa";

export const toLatin = (text) =>
  text.replace(/[۰-۹]/g, (c) => String(c.charCodeAt(0) - 0x6f0)).replace(/[٠-٩]/g, (c) => String(c.charCodeAt(0) - 0x660));
export const toShown = (text) => (isPersian ? text.replace(/[0-9]/g, (c) => PERSIAN[c]) : text);
export const grouped = (digits) => toShown(digits.replace(/\B(?=(\d{3})+$)/g, isPersian ? "٬" : ","));

// One character for one, so the caret stays where it was. The server reads either script.
export function wireDigits(root) {
  for (const input of root.querySelectorAll("input[data-digits]")) {
    const show = () => {
      const at = input.selectionStart;
      input.value = toShown(toLatin(input.value));
      if (document.activeElement === input) input.setSelectionRange(at, at);
    };
    show();
    input.addEventListener("input", (event) => event.isComposing || show());
  }
}
