// The summary of mistakes takes focus, and one that is being mended goes; a form is sent once; a code of
// six digits sends itself.
import { toLatin } from "./digits.js";
import { tell } from "./toasts.js";

export function wireForms(root) {
  root.querySelector("[data-mistakes]")?.focus();
  for (const form of root.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      event.submitter?.setAttribute("aria-busy", "true");
    });
    addEventListener("pageshow", () => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    });
  }
  for (const input of root.querySelectorAll("input[data-code]")) {
    input.addEventListener("input", () => {
      if (toLatin(input.value).length === Number(input.maxLength)) input.form.requestSubmit();
    });
  }
  for (const button of root.querySelectorAll("[data-reveals]")) {
    button.addEventListener("click", () => {
      const input = document.getElementById(button.dataset.reveals);
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }
  for (const field of root.querySelectorAll("[data-submits]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }
  for (const control of root.querySelectorAll("[data-copies]")) {
    control.addEventListener("click", () => copy(control));
  }
  for (const input of root.querySelectorAll(".filefield__input")) {
    const name = input.parentElement.querySelector("[data-file-name]");
    const none = name.textContent;
    input.addEventListener("change", () => {
      name.textContent = input.files[0]?.name ?? none;
      input.parentElement.classList.toggle("is-chosen", input.files.length > 0);
    });
  }
  for (const button of root.querySelectorAll("[data-takes]")) {
    button.hidden = false;
    button.addEventListener("click", () => take(button));
  }
  for (const list of root.querySelectorAll("[data-named]")) nameFields(list);
  for (const timer of root.querySelectorAll("[data-counts-down]")) countDown(timer);
}

document.addEventListener("input", ({ target }) => {
  if (!target.hasAttribute("aria-invalid")) return;
  target.removeAttribute("aria-invalid");
  document.getElementById(`${target.id}-error`)?.remove();
});

// A field that says of itself whether it is right waits while it is too short, until it is left.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.triggeringEvent?.type === "change") detail.parameters.left = "yes";
});

// What somebody else wrote goes into the field in place of what was typed.
function take({ dataset: { takes, value }, parentElement: note }) {
  const field = document.getElementById(takes);
  const boxes = field.matches("[type=checkbox]") ? [field] : [...field.querySelectorAll("[type=radio]")];
  for (const box of boxes) box.checked = box.value === value;
  if (!boxes.length) field.value = value;
  const changed = boxes.find((box) => box.checked) ?? boxes[0] ?? field;
  for (const type of ["input", "change"]) changed.dispatchEvent(new Event(type, { bubbles: true }));
  note.remove();
  changed.focus();
}

function nameFields(list) {
  for (const link of list.querySelectorAll("a")) {
    const field = document.querySelector(link.getAttribute("href"));
    const label = field?.labels?.[0] ?? field?.closest("fieldset")?.querySelector("legend");
    const words = (label?.querySelector("input + span") ?? label)?.firstChild; // without "optional" and hints
    const name = field?.getAttribute("aria-label") ?? words?.textContent.trim();
    if (name) link.textContent = name;
    else link.parentElement.remove();
  }
  list.hidden = !list.childElementCount;
}

async function copy(control) {
  await navigator.clipboard?.writeText(control.dataset.copies);
  if (navigator.clipboard && !control.dataset.tells) tell("saysCopied");
}

function countDown(timer) {
  const button = document.getElementById(timer.dataset.countsDown);
  let left = Number(timer.dataset.seconds);
  const tick = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(tick);
    timer.hidden = true;
    button.hidden = false;
  }, 1000);
}
