// Numbers in Persian words, as num2words writes them on the server. Elsewhere: nothing.
const ONES = ["", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"];
const TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"];
const HUNDREDS = ["", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"];
const SCALES = ["", "هزار", "میلیون", "میلیارد", "تریلیون"];

export function inWords(number, unit) {
  if (document.documentElement.lang !== "fa" || !Number.isSafeInteger(number)) return "";
  return `${number === 0 ? "صفر" : spell(number)} ${unit}`;
}

function spell(number) {
  const parts = [];
  for (let scale = 0; number > 0; scale += 1, number = Math.floor(number / 1000)) {
    const three = number % 1000;
    if (three) parts.unshift([underThousand(three), SCALES[scale]].filter(Boolean).join(" "));
  }
  return parts.join(" و ");
}

function underThousand(number) {
  const rest = number % 100;
  const words = [HUNDREDS[Math.floor(number / 100)]];
  if (rest < 20) words.push(ONES[rest]);
  else words.push(TENS[Math.floor(rest / 10)], ONES[rest % 10]);
  return words.filter(Boolean).join(" و ");
}
