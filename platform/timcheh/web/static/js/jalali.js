// Jalali days by the browser's own calendar. A day is a number of days since 1970-01-01 (UTC).
import { toShown } from "./digits.js";

const LENGTH = 86_400_000;
const numbers = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
const locale = document.documentElement.lang === "fa" ? "fa-u-ca-persian" : "en-u-ca-persian";
const named = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
const full = named({ weekday: "long", day: "numeric", month: "long" });
const month = named({ month: "long" });

export const fromIso = (text) => (text ? Date.parse(text) / LENGTH : undefined);
export const toDate = (day) => new Date(day * LENGTH);

export function toJalali(day) {
  const parts = Object.fromEntries(numbers.formatToParts(toDate(day)).map(({ type, value }) => [type, parseInt(value, 10)]));
  return { year: parts.year, month: parts.month, day: parts.day };
}

// undefined if there is no such day
export function fromJalali(year, month, day) {
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const guess = Date.UTC(year + 621, 2, 20) / LENGTH + before + day - 1;
  for (const at of [guess, guess + 1, guess + 2, guess - 1]) {
    const found = toJalali(at);
    if (found.year === year && found.month === month && found.day === day) return at;
  }
}

export const daysIn = (year, month) => (month <= 6 ? 31 : month <= 11 || fromJalali(year, 12, 30) !== undefined ? 30 : 29);
export const weekday = (day) => (((day + 5) % 7) + 7) % 7; // 0 is Saturday: 1970-01-01 was a Thursday
export const fullName = (day) => `${full.format(toDate(day))} ${toShown(String(toJalali(day).year))}`;
export const monthName = (number) => month.format(toDate(fromJalali(1404, number, 10)));

// The same day of a month some months away, or that month's last day.
export function addMonths(day, months) {
  const from = toJalali(day);
  const count = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return fromJalali(year, month, Math.min(from.day, daysIn(year, month)));
}
