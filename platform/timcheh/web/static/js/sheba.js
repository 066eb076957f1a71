// The bank of a Sheba while it is typed, and its check digits (ISO 13616, mod 97).
import { toLatin } from "./digits.js";

const BANKS = {
  "012": "ملت", "015": "سپه", "016": "کشاورزی", "017": "ملی ایران", "018": "تجارت", "019": "صادرات ایران", "054": "پارسیان",
  "055": "اقتصاد نوین", "056": "سامان", "057": "پاسارگاد", "060": "مهر ایران", "061": "شهر", "062": "آینده",
};
const LENGTH = 26;

for (const input of document.querySelectorAll("input[data-sheba]")) {
  const live = document.getElementById(input.dataset.sheba);
  const show = () => {
    const sheba = toLatin(input.value).toUpperCase().replace(/[^A-Z0-9]/g, "");
    if (sheba.length < LENGTH) live.textContent = "";
    else if (!isRight(sheba)) live.textContent = live.dataset.wrong;
    else live.textContent = [live.dataset.right, BANKS[sheba.slice(4, 7)]].filter(Boolean).join(" ");
  };
  show();
  input.addEventListener("input", show);
}

function isRight(sheba) {
  if (!/^IR\d{24}$/.test(sheba)) return false;
  const digits = (sheba.slice(4) + sheba.slice(0, 4)).replace(/[A-Z]/g, (c) => String(c.charCodeAt(0) - 55));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
