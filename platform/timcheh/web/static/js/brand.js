// The mall's settings: how a name, a colour and a logo would look, before they are kept.
const preview = document.querySelector("[data-brand-preview]");
const colour = document.querySelector("[data-brand-colour]");
const picker = document.querySelector("[data-brand-picks]");
const COLOUR = /^#[0-9a-f]{6}$/i;
const PAUSE = 150;

picker.hidden = false;
picker.addEventListener("input", () => show((colour.value = picker.value)));
colour.addEventListener("input", () => {
  if (COLOUR.test(colour.value)) picker.value = colour.value.toLowerCase();
  show(colour.value);
});

let waiting;
let asked = [];
function show(value) {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`${colour.dataset.brandColour}?colour=${encodeURIComponent(value.trim())}`);
    if (!answer.ok || value !== colour.value) return; // another was typed meanwhile
    const values = await answer.json();
    for (const name of asked) preview.style.removeProperty(name);
    asked = Object.keys(values);
    for (const name of asked) preview.style.setProperty(name, values[name]);
  }, PAUSE);
}

document.querySelector("[data-brand-name]").addEventListener("input", (event) => {
  for (const place of preview.querySelectorAll("[data-brand-shows]")) place.textContent = event.target.value;
});

document.querySelector("[data-brand-logo]").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  for (const brand of preview.querySelectorAll(".brand")) {
    const picture = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "", className: "brand__logo" });
    brand.firstElementChild.replaceWith(picture);
  }
});
