// What was typed is not lost where sending it failed: a session that has ended, a page that is too old,
// a network that is away. It waits in this tab, for the same person and the same page only, until any
// other page of theirs is shown. The till keeps its own (till-draft.js).
const PLACE = "typed";
const NEVER = new Set(["_csrf_token"]);
const person = document.body.dataset.person;
const here = () => location.pathname + location.search;
const waiting = () => JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
const ours = (form) => person && form?.matches("[method=post]:not([data-till], [data-door])");
const action = (form) => new URL(form.getAttribute("action") ?? "", location).pathname; // a field may be called so, too

function keep(form) {
  const secret = (name) => NEVER.has(name) || form.elements[name]?.type === "password";
  const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret(name));
  if (!values.length) return sessionStorage.removeItem(PLACE);
  // A page of mistakes stands at the address that the form was sent to, which may be no page to go to.
  const page = document.querySelector("[data-mistakes]") && cameFrom?.action === action(form) ? cameFrom.page : here();
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ page, person, action: action(form), values }));
  } catch {
    // No room: then it is as it was without.
  }
}

function say(what, until) {
  const toasts = document.getElementById("toasts");
  toasts.querySelector("[data-typed]")?.remove();
  const toast = Object.assign(document.createElement("div"), { className: "toast", textContent: toasts.dataset[what] });
  toast.dataset.typed = "";
  toasts.append(toast);
  addEventListener(until, () => toast.remove(), { once: true });
}

document.addEventListener("submit", (event) => {
  if (!ours(event.target)) return;
  if (navigator.onLine) return keep(event.target);
  event.preventDefault();
  event.stopImmediatePropagation(); // it has not been sent
  say("saysOffline", "online");
}, true);

document.addEventListener("htmx:beforeOnLoad", ({ target, detail }) => {
  const form = target.closest?.("form");
  if (/\/sign-in\b/.test(detail.xhr.getResponseHeader("HX-Redirect") ?? "") && ours(form)) keep(form);
});

function fits(kept) {
  if (kept?.page !== here() || kept.person !== person) return false;
  return kept.leads || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

function fill(form, values) {
  const left = new Map(values.map(([name]) => [name, values.filter((each) => each[0] === name)]));
  for (const field of form.elements) {
    if (!field.name || NEVER.has(field.name) || /^(file|password|submit|button)$/.test(field.type)) continue;
    if (field.closest("[data-rebuilds]")) continue;
    const given = left.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.some(([, value]) => value === field.value);
    else if (given.length) [, field.value] = given.shift();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // Rows that the page does not have of itself are the server's to draw.
  for (const part of form.querySelectorAll("[data-rebuilds]")) {
    window.htmx?.ajax("POST", part.dataset.rebuilds, { source: part, target: part, swap: "outerHTML", values: Object.fromEntries(values) });
  }
  form.closest("dialog:not([open])")?.showModal();
  for (let folded = form.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
}

function bringBack(kept) {
  const form = [...document.forms].find((each) => ours(each) && action(each) === kept.action);
  if (!form) return;
  fill(form, kept.values);
  say("saysAgain", "submit");
}

// At a door, and where something went wrong, nobody is signed in to the page: the way on leads back.
function leadBack(kept) {
  sessionStorage.setItem(PLACE, JSON.stringify({ ...kept, leads: true }));
  for (const link of document.querySelectorAll("[data-back]")) link.href = kept.page;
  for (const form of document.querySelectorAll(".door form")) {
    const next = form.elements.next ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "next" }));
    next.value = kept.page;
  }
}

const cameFrom = waiting();
if (!person) {
  if (cameFrom) leadBack(cameFrom);
} else {
  sessionStorage.removeItem(PLACE);
  if (fits(cameFrom)) addEventListener("load", () => bringBack(cameFrom), { once: true });
}
