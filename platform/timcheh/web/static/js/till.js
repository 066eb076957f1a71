// The till's rows and keys. What a sale comes to is always the server's word.
const till = document.querySelector("[data-till]");
const lines = till.querySelector("[data-lines]");
const template = till.querySelector("[data-line-template]");
let next = lines.children.length;

const changed = () => till.dispatchEvent(new Event("till:changed"));

function addLine() {
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("NEXT", String(next++));
  const line = holder.firstElementChild;
  lines.append(line);
  window.htmx?.trigger(document.body, "htmx:load", { elt: line });
  line.querySelector("input").focus();
}

function removeLine(line) {
  if (lines.children.length === 1) line.querySelectorAll("input").forEach((input) => (input.value = ""));
  else line.remove();
  lines.lastElementChild.querySelector("[data-money]").focus();
  changed();
}

till.addEventListener("click", (event) => {
  if (event.target.closest("[data-line-add]")) addLine();
  const remove = event.target.closest("[data-line-remove]");
  if (remove) removeLine(remove.closest("[data-line]"));
});

// Enter goes on to the next field, and from the last price to a new line; it never records.
till.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  const inputs = [...till.querySelectorAll("#f-member, [data-line] input")];
  const following = inputs[inputs.indexOf(event.target) + 1];
  if (following) following.select();
  else if (event.target.value) addLine();
});

const keys = {
  F2: () => document.getElementById("f-member").select(),
  F4: () => document.getElementById("f-spend_credit").click(),
  F9: () => till.requestSubmit(),
  Escape: () => till.querySelector("[data-till-clear]").click(),
};
document.addEventListener("keydown", (event) => {
  if (!keys[event.key] || document.querySelector("dialog[open], :popover-open")) return;
  event.preventDefault();
  keys[event.key]();
});
