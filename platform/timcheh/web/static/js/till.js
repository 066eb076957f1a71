// The till by keyboard: where Enter leads, what the keys do. The parts are in till-*.js.
import { digitsOf } from "./money.js";
import * as draft from "./till-draft.js";
import { addLine, allLines, enterName, isBlank, nameOf, priceOf, quantityOf } from "./till-lines.js";
import { close, enterMember, member, onChosen } from "./till-member.js";
import { changed, isFresh, isGood, spell } from "./till-outcome.js";
import { record, say } from "./till-record.js";
import "./till-approval.js";

const till = document.querySelector("[data-till]");
const button = till.querySelector("[data-record]");

const focus = (field) => (field.select ? field.select() : field.focus());

// After the member: what is still to be typed, else the end.
function goOn() {
  const line = allLines().find((each) => !priceOf(each).value);
  const last = allLines().at(-1);
  if (line && !(line === last && allLines().length > 1 && isBlank(line))) focus(nameOf(line));
  else finish();
}

// The end of typing. It records only what has been shown: before that it leads to the button.
function finish() {
  if (!member.value) focus(member);
  else if (isFresh() && isGood()) record();
  else button.focus();
}

async function enter(field) {
  if (field === member) {
    if (!(await enterMember()) && member.value) goOn();
    return;
  }
  if (field.matches("[data-approval-code]")) return record();
  const line = field.closest("[data-line]");
  if (!line) return changed(); // a code or a card's number is looked up
  if (field === nameOf(line)) {
    if (isBlank(line) && allLines().length > 1) finish();
    else if (isBlank(line)) focus(quantityOf(line));
    else focus(await enterName(field));
  } else if (field === quantityOf(line)) focus(priceOf(line));
  else if (!digitsOf(priceOf(line).value)) focus(priceOf(line));
  else if (line !== allLines().at(-1)) focus(nameOf(line.nextElementSibling));
  else if (nameOf(line).value) addLine();
  else finish(); // an amount alone is the whole sale
}

till.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
  event.preventDefault();
  window.typeahead.during(enter(event.target));
});
onChosen(goOn);

till.addEventListener("submit", (event) => {
  event.preventDefault();
  record(event.submitter);
});

// A code is looked up when it is whole: each one that is not known counts as a guess.
till.addEventListener("input", (event) => event.target.matches("[data-quiet]") && event.stopPropagation(), { capture: true });

function clear() {
  close();
  const before = draft.read();
  if (draft.isEmpty(before)) return focus(member);
  draft.forget();
  if (till.dataset.tried || till.querySelector("[data-mistakes]")) return location.assign(till.action); // another key
  draft.fill({ values: { branch: before.values.branch, request_key: before.values.request_key }, lines: [{ quantity: "1" }] });
  spell(null);
  focus(member);
  say("saysCleared", [till.dataset.saysUndo, () => (draft.fill(before), say(""), focus(member))]);
}

till.querySelector("[data-till-clear]").addEventListener("click", (event) => {
  event.preventDefault();
  clear();
});

function offKeys() {
  const off = document.getElementById("f-off");
  if (!off) return;
  document.getElementById("till-extra").open = true;
  off.select();
}

const keys = {
  F2: () => focus(member),
  F3: () => addLine(),
  F4: () => document.getElementById("f-spend_credit").click(),
  F6: () => document.getElementById("f-spend_points").click(),
  F7: offKeys,
  F8: () => (draft.keep(), location.assign(till.dataset.returns)),
  F9: () => till.requestSubmit(),
  F10: () => document.querySelector("#preview [data-activate]")?.click(),
  F1: () => document.getElementById("till-help").showModal(), // closed, it gives the focus back by itself
  Escape: clear,
};
keys["?"] = keys["؟"] = keys.F1;

document.addEventListener("keydown", (event) => {
  if (!keys[event.key] || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (event.key.length === 1 && event.target.matches("input, textarea") && event.target.value) return;
  event.preventDefault();
  keys[event.key]();
});

if (draft.bringBack()) say("saysBack", [till.dataset.saysCleared, clear]);
window.typeahead.ready();
