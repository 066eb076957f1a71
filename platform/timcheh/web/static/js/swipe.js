// A magnetic-stripe reader types like a keyboard, only faster: `;NUMBER=…?` (track 2) or
// `%BNUMBER^…?` (track 1), whatever the keyboard's language. A member's card goes to the field
// with data-swipe, wherever the focus is. Any other card (a bank's) is dropped here: its number
// reaches no field, no request and no memory beyond this function.
const PAUSE = 60; // milliseconds: no person types a card's digits so fast
const REST = 400; // and once it is a card for sure, not even a busy browser lets the rest slip through
const SURE = 4; // digits in a row after which it is no person
const OURS = /^9364[0-9]{12}$/;

const target = document.querySelector("input[data-swipe]");
const said = document.getElementById("swipe-said");
let swipe = null;

const digitOf = (code) => /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
const isPlain = (event) => event.key === ";" || event.key === "%"; // nobody's name begins so
const isStart = (event) =>
  isPlain(event) || (event.shiftKey ? event.code === "Digit5" : event.code === "Semicolon");

// After a number it is a share of something: should it be a card after all, the field is restored.
const isShare = (event, input) => event.key === "%" && /[0-9۰-۹]$/.test(input?.value ?? "");

function finish() {
  clearTimeout(swipe?.timer);
  const { digits, sure } = swipe ?? {};
  swipe = null;
  if (!sure) return;
  const ours = OURS.test(digits);
  said.hidden = ours;
  if (!ours) return;
  target.value = digits;
  for (const name of ["input", "change"]) target.dispatchEvent(new Event(name, { bubbles: true }));
  target.focus();
}

function begin(event) {
  const input = event.target.matches?.("input, textarea") ? event.target : null;
  const plain = isPlain(event) && !isShare(event, input);
  swipe = { digits: "", whole: false, sure: false, plain, input, before: input?.value, timer: 0 };
  if (plain) event.preventDefault();
}

function follow(event) {
  const digit = event.shiftKey ? undefined : digitOf(event.code);
  if (digit !== undefined && !swipe.whole) swipe.digits += digit;
  else if (swipe.digits) swipe.whole = true; // what follows the number says nothing
  if (!swipe.sure && swipe.digits.length >= SURE) {
    swipe.sure = true;
    if (swipe.input) {
      swipe.input.value = swipe.before;
      swipe.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  if (swipe.sure) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!swipe) {
      if (!isStart(event)) return;
      begin(event);
    } else if (event.key !== "Shift") {
      const ends = event.key === "Enter";
      follow(event);
      if (ends || (!swipe.sure && swipe.whole)) {
        finish();
        return;
      }
    }
    clearTimeout(swipe.timer);
    swipe.timer = setTimeout(finish, swipe.sure || swipe.plain ? REST : PAUSE);
  },
  { capture: true },
);
