// The member has to approve: their answer is asked for while the till stays as it is. A code of six
// digits sends itself, and an approval on the phone records the sale.
import { toLatin } from "./digits.js";
import { ask } from "./till-asking.js";
import { record } from "./till-record.js";

const till = document.querySelector("[data-till]");
const place = document.getElementById("till-approval");
const BETWEEN = 2_000;
const AGAIN = 5_000; // after no answer
const SAYS = { approved: "saysApproved", refused: "saysRefused", lapsed: "saysLapsed" };
let timer = 0;

const code = () => place.querySelector("[data-approval-code]");

async function look(asked) {
  const key = encodeURIComponent(till.elements.request_key.value);
  const answer = await ask(`${asked.dataset.asks}?key=${key}`).catch(() => null);
  if (!asked.isConnected) return; // the till has gone on
  const state = answer?.data?.state;
  const said = SAYS[state];
  if (said) asked.querySelector("[data-approval-said]").textContent = asked.dataset[said];
  if (state === "approved") record();
  else if (said) asked.querySelectorAll("[data-approval-send], [data-approval-code]").forEach((each) => (each.disabled = true));
  else if (state !== "used") timer = setTimeout(look, answer?.ok ? BETWEEN : AGAIN, asked);
}

function begin() {
  clearTimeout(timer);
  const asked = place.querySelector("[data-approval]");
  if (!asked) return;
  (code() ?? place.querySelector("[data-approval-send]"))?.focus();
  asked.scrollIntoView({ block: "nearest" });
  if (asked.dataset.approval) timer = setTimeout(look, BETWEEN, asked);
}

document.addEventListener("htmx:load", (event) => event.detail.elt === place && begin());
place.addEventListener("input", (event) => {
  event.stopPropagation(); // the sale is what it was
  if (event.target === code() && toLatin(event.target.value).length === Number(event.target.maxLength)) record();
});
begin();
