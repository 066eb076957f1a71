// What every page has. Each module wires itself to attributes, also in fragments htmx brings.
import { wireTheme } from "./theme.js";
import { wireDialogs } from "./dialog.js";
import { wireRows } from "./rows.js";
import { wireDigits } from "./digits.js";
import { wireMoney } from "./money.js";
import { wireForms } from "./forms.js";
import { wireToasts } from "./toasts.js";
import { wireSteps } from "./steps.js";
import "./typed.js";

const wires = [wireTheme, wireDialogs, wireRows, wireDigits, wireMoney, wireForms, wireToasts, wireSteps];
const wireAll = (root) => {
  wires.forEach((wire) => wire(root));
  // The calendar comes only where there is a day to choose.
  if (root.querySelector("[data-days]")) import("./days.js").then(({ wireDays }) => wireDays(root));
};

wireAll(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) wireAll(event.detail.elt);
});
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) event.detail.headers["x-csrftoken"] = token;
});
