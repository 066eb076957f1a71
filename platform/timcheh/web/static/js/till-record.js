// Recording the sale, once. The form's key makes a second sending harmless; still, whether a sale
// was made is asked before anybody is told to send it again.
import { ask, renewToken } from "./till-asking.js";
import { forget } from "./till-draft.js";
import { changed } from "./till-outcome.js";

const till = document.querySelector("[data-till]");
const button = till.querySelector("[data-record]");
const said = till.querySelector("[data-said]");
const door = document.getElementById("till-door");
const SLOW = 3_000;
const BETWEEN = 1_000;
const SURE = 2; // answers in a row that there is no such sale
let under = false;

export function say(what, act) {
  said.hidden = !what;
  said.querySelector("[data-said-text]").textContent = till.dataset[what] ?? what ?? "";
  const extra = said.querySelector("[data-said-act]");
  extra.hidden = !act;
  if (act) [extra.textContent, extra.onclick] = act;
}

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const online = () => new Promise((resolve) => (navigator.onLine ? setTimeout(resolve, BETWEEN * 2) : addEventListener("online", resolve, { once: true })));

function working(now) {
  under = now;
  if (now) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

// `by`: the button that sends it, where it says something of its own.
export async function record(by = null) {
  if (under) return;
  till.dataset.tried = "yes";
  working(true);
  say("");
  if ((await send(by)) !== "leaving") working(false);
}

async function send(by, renewed = false) {
  const slow = setTimeout(say, SLOW, "saysSlow");
  let answer;
  try {
    answer = await ask(till.action, new FormData(till, by?.name ? by : null));
  } catch {
    return lookUp();
  } finally {
    clearTimeout(slow);
  }
  if (answer.status === 401) return (await comeIn()) ? send(by) : say("");
  if (answer.status === 403 && answer.data?.code === "csrf_failed" && !renewed) {
    await renewToken(till.action); // signed in anew in another tab
    return send(by, true);
  }
  if (answer.go) return leave(answer.go);
  if (answer.text.includes("data-refused")) return refuse(answer.text);
  return answer.status >= 500 ? lookUp() : say(answer.data?.detail ?? "saysNotMade");
}

function leave(address) {
  forget();
  location.assign(address);
  return "leaving";
}

// No answer, or one that says nothing: was it made?
async function lookUp() {
  say("saysAsking");
  for (let none = 0; none < SURE; ) {
    const answer = await ask(`${till.dataset.made}?key=${encodeURIComponent(till.elements.request_key.value)}`).catch(() => null);
    if (answer?.status === 401) {
      if (!(await comeIn())) return say("saysAsking");
    } else if (answer?.data?.href) return leave(answer.data.href);
    else if (answer?.ok) none += 1;
    else {
      none = 0;
      say("saysOffline");
      await online();
    }
    await pause(BETWEEN);
  }
  return say("saysNotMade");
}

function refuse(html) {
  const refused = new DOMParser().parseFromString(html, "text/html").querySelector("[data-refused]");
  till.elements.request_key.value = refused.dataset.key;
  const faults = new Set(refused.dataset.faults.split(" "));
  const blank = new Set(refused.dataset.blank.split(" "));
  for (const field of till.querySelectorAll(".input[name]")) {
    if (faults.has(field.name)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (blank.has(field.name)) field.value = "";
  }
  till.querySelectorAll("[data-told]").forEach((each) => each.remove());
  for (const link of refused.querySelectorAll("[data-mistakes] a")) {
    const frame = document.getElementById(link.hash.slice(1))?.closest(".field");
    const told = Object.assign(document.createElement("p"), { className: "field__error", textContent: link.textContent });
    told.dataset.told = "";
    frame?.append(told);
  }
  for (const part of refused.querySelectorAll("[data-part]")) {
    const place = document.getElementById(`till-${part.dataset.part}`);
    place.replaceChildren(...part.childNodes);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: place } })); // takes focus
  }
  say("");
  changed();
}

// The session has ended: the door opens over the page, which stays as it is. Whether somebody came in.
export function comeIn() {
  if (door.open) return Promise.resolve(false);
  const form = door.querySelector("form");
  const wrong = door.querySelector("[data-door-said]");
  form.reset();
  wrong.hidden = true;
  door.showModal();
  return new Promise((resolve) => {
    door.addEventListener("close", () => resolve(door.returnValue === "in"), { once: true });
    door.returnValue = "";
    form.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await ask(form.action, new FormData(form)).catch(() => null);
      if (answer?.go) {
        await renewToken(till.action);
        return door.close("in");
      }
      const page = new DOMParser().parseFromString(answer?.text ?? "", "text/html");
      wrong.textContent = page.querySelector("[data-mistakes]")?.textContent.trim() || till.dataset.saysOffline;
      wrong.hidden = false;
      form.elements.password.select();
    };
  });
}

till.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
  event.preventDefault();
  comeIn().then((back) => back && changed());
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  till.addEventListener(name, () => under || say("saysNoPreview"));
}
till.addEventListener("htmx:afterSwap", () => said.textContent.includes(till.dataset.saysNoPreview) && say(""));
