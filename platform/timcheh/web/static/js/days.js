// A field for a Jalali day, or two for a range, with a calendar in a dialog (APG: date picker).
// Typing stays: the field is a text field, and without this script it is nothing else.
import { addMonths, daysIn, fromIso, fromJalali, fullName, monthName, toJalali, weekday } from "./jalali.js";
import { toLatin, toShown } from "./digits.js";

const WRITTEN = /^(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})$/;
const RUN = /^(\d{4})(\d{2})(\d{2})$/;

export function read(text) {
  const latin = toLatin(text.trim());
  const found = WRITTEN.exec(latin) ?? RUN.exec(latin);
  return found ? fromJalali(+found[1], +found[2], +found[3]) : undefined;
}

export function write(day) {
  const { year, month, day: number } = toJalali(day);
  return toShown([year, String(month).padStart(2, "0"), String(number).padStart(2, "0")].join("/"));
}

export function wireDays(root) {
  for (const field of root.querySelectorAll("[data-days]")) new Field(field);
}

class Field {
  constructor(box) {
    this.inputs = [...box.querySelectorAll("input[data-day]")];
    this.template = box.querySelector("template");
    this.today = fromIso(box.dataset.today);
    this.least = fromIso(box.dataset.least) ?? -Infinity;
    this.most = fromIso(box.dataset.most) ?? Infinity;
    for (const input of this.inputs) {
      input.addEventListener("change", () => this.tidy(input));
      input.addEventListener("keydown", (event) => event.altKey && event.key === "ArrowDown" && (event.preventDefault(), this.open(input)));
    }
    for (const button of box.querySelectorAll("[data-day-open]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.open(document.getElementById(button.dataset.dayOpen), button));
    }
  }

  // What was understood is shown in full form; what was not stays as it was typed.
  tidy(input) {
    const day = read(input.value);
    if (day !== undefined) input.value = write(day);
  }

  allows(day) {
    return day >= this.least && day <= this.most;
  }

  open(input, opener = input) {
    new Calendar(this, input, opener);
  }

  fill(days, from) {
    days.forEach((day, at) => {
      const input = this.inputs[from + at];
      input.value = day === undefined ? "" : write(day);
      for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
    });
  }
}

class Calendar {
  constructor(field, input, opener) {
    this.field = field;
    this.at = field.inputs.indexOf(input); // which end of a range is being chosen
    this.isRange = field.inputs.length > 1;
    this.dialog = field.template.content.firstElementChild.cloneNode(true);
    this.table = this.dialog.querySelector("tbody");
    this.months = this.dialog.querySelector("[data-month]");
    this.years = this.dialog.querySelector("[data-year]");
    this.title = this.dialog.querySelector("[data-title]");
    document.body.append(this.dialog); // not in the form: its choices are no fields of it
    this.day = this.within(read(input.value) ?? read(field.inputs[0].value) ?? field.today);
    this.fillChoices();
    this.listen(opener);
    this.draw();
    this.dialog.showModal();
    this.focus();
  }

  within(day) {
    return Math.min(Math.max(day, this.field.least), this.field.most);
  }

  fillChoices() {
    for (let month = 1; month <= 12; month += 1) this.months.add(new Option(monthName(month), month));
    const now = toJalali(this.field.today).year;
    const first = Number.isFinite(this.field.least) ? toJalali(this.field.least).year : Math.min(now - 100, toJalali(this.day).year);
    const last = Number.isFinite(this.field.most) ? toJalali(this.field.most).year : Math.max(now + 20, toJalali(this.day).year);
    for (let year = last; year >= first; year -= 1) this.years.add(new Option(toShown(String(year)), year));
  }

  listen(opener) {
    const { dialog } = this;
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener.focus();
    });
    dialog.addEventListener("click", (event) => this.clicked(event));
    this.table.addEventListener("keydown", (event) => this.pressed(event));
    this.table.addEventListener("pointerover", (event) => this.hovered(event));
    for (const choice of [this.months, this.years]) choice.addEventListener("change", () => this.jump());
  }

  clicked({ target }) {
    const control = target.closest("[data-day-at], [data-step], [data-preset], [data-clear], [data-close]");
    if (target === this.dialog || control?.hasAttribute("data-close")) this.dialog.close();
    else if (!control) return;
    else if (control.hasAttribute("data-clear")) this.done(this.field.inputs.map(() => undefined), 0);
    else if (control.dataset.step) this.go(addMonths(this.day, Number(control.dataset.step)));
    else if (control.dataset.preset) this.done(this.preset(control.dataset.preset), 0);
    else this.choose(Number(control.dataset.dayAt));
  }

  choose(day) {
    if (!this.field.allows(day)) return;
    if (!this.isRange) return this.done([day], 0);
    const first = read(this.field.inputs[0].value);
    if (this.at === 1 && first !== undefined && day >= first) return this.done([day], 1);
    this.field.fill([day, undefined], 0); // a new range begins; its end comes next
    this.at = 1;
    this.day = day;
    this.draw();
    this.focus();
  }

  done(days, from) {
    this.field.fill(days, from);
    this.dialog.close();
  }

  preset(name) {
    const { today } = this.field;
    const { year, month } = toJalali(today);
    const thisMonth = fromJalali(year, month, 1);
    const thisWeek = today - weekday(today);
    return {
      today: () => (this.isRange ? [today, today] : [today]),
      week: () => [thisWeek - 7, thisWeek - 1],
      month: () => [addMonths(thisMonth, -1), thisMonth - 1],
      days30: () => [today - 29, today],
      nowruz: () => [fromJalali(year, 1, 1), today],
    }[name]();
  }

  pressed(event) {
    const turn = getComputedStyle(this.table).direction === "rtl" ? -1 : 1;
    const months = event.shiftKey ? 12 : 1;
    const to = {
      ArrowRight: () => this.day + turn,
      ArrowLeft: () => this.day - turn,
      ArrowDown: () => this.day + 7,
      ArrowUp: () => this.day - 7,
      Home: () => this.day - weekday(this.day),
      End: () => this.day + 6 - weekday(this.day),
      PageDown: () => addMonths(this.day, months),
      PageUp: () => addMonths(this.day, -months),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.go(to());
    this.focus();
  }

  hovered(event) {
    const cell = event.target.closest("[data-day-at]");
    if (this.isRange && cell) this.paint(Number(cell.dataset.dayAt));
  }

  jump() {
    const [year, month] = [Number(this.years.value), Number(this.months.value)];
    this.go(fromJalali(year, month, Math.min(toJalali(this.day).day, daysIn(year, month))));
  }

  go(day) {
    this.day = this.within(day);
    this.draw();
  }

  focus() {
    this.table.querySelector("[tabindex='0']").focus();
  }

  draw() {
    const { year, month } = toJalali(this.day);
    this.title.textContent = `${monthName(month)} ${toShown(String(year))}`;
    this.months.value = month;
    this.years.value = year;
    const first = fromJalali(year, month, 1);
    const cells = [...Array(weekday(first)).fill(undefined), ...Array.from({ length: daysIn(year, month) }, (_, at) => first + at)];
    const rows = [];
    for (let at = 0; at < cells.length; at += 7) rows.push(this.row(cells.slice(at, at + 7)));
    this.table.replaceChildren(...rows);
    this.paint();
  }

  row(days) {
    const row = document.createElement("tr");
    for (let at = 0; at < 7; at += 1) {
      const cell = row.insertCell();
      if (days[at] !== undefined) cell.append(this.button(days[at]));
    }
    return row;
  }

  button(day) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.dayAt = day;
    button.tabIndex = day === this.day ? 0 : -1;
    button.textContent = toShown(String(toJalali(day).day));
    button.setAttribute("aria-label", fullName(day));
    if (day === this.field.today) button.setAttribute("aria-current", "date");
    if (!this.field.allows(day)) button.setAttribute("aria-disabled", "true");
    return button;
  }

  // What is chosen, and in a range what lies between; `reach` is where the pointer is.
  paint(reach) {
    const [first, last] = this.field.inputs.map((input) => read(input.value));
    const end = last ?? (this.at === 1 ? reach : undefined);
    for (const button of this.table.querySelectorAll("button")) {
      const day = Number(button.dataset.dayAt);
      button.parentElement.setAttribute("aria-selected", String(day === first || day === last));
      button.parentElement.classList.toggle("is-between", day > first && day < end);
    }
  }
}
