// Passkeys. A form with `data-passkey` asks its device first and then goes as any form does, with the
// answer in its field `credential`: "new" has a key made, "known" has one shown. Parts that are of no
// use where the browser has no passkeys, or at an address that they aren't for, stay hidden.
const CEREMONY = { new: "create", known: "get" };
const able = "PublicKeyCredential" in window && "credentials" in navigator && !("offline" in document.body.dataset);
let waiting = null; // one question at a time: the one in the field of the mobile gives way

for (const part of document.querySelectorAll("[data-passkeys-at]")) show(part);
for (const part of document.querySelectorAll("[data-passkeys-elsewhere]")) {
  part.hidden = location.origin === part.dataset.passkeysElsewhere;
}
for (const form of document.querySelectorAll("form[data-passkey]")) wire(form);

async function show(part) {
  if (!able || location.origin !== part.dataset.passkeysAt) return;
  // A suggestion is for devices that can keep a passkey themselves.
  if ("passkeysOwn" in part.dataset && !(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return;
  part.hidden = false;
}

function wire(form) {
  const { credential } = form.elements;
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button.ariaBusy === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      send(form, await ask(form));
    } catch (error) {
      button.removeAttribute("aria-busy");
      tell(form, error.name);
    }
  });
  addEventListener("pageshow", () => {
    credential.value = ""; // it was good once
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  });
  if ("passkeyByItself" in form.dataset) offer(form).catch(() => undefined);
}

// The keyboard of a phone, or the list under the field, then has the passkey beside the mobile.
async function offer(form) {
  if (!able || location.origin !== form.dataset.passkeysAt) return;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  send(form, await ask(form, "conditional"));
}

async function ask(form, mediation) {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  const headers = token ? { "x-csrftoken": token } : {};
  const answer = await fetch(form.dataset.options, { method: "POST", headers, signal });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail);
  const publicKey = read(await answer.json());
  return navigator.credentials[CEREMONY[form.dataset.passkey]]({ publicKey, signal, ...(mediation && { mediation }) });
}

function send(form, found) {
  form.elements.credential.value = JSON.stringify(written(found));
  form.requestSubmit();
}

// Why the device did not do it: it has a key already, or the person said no or nothing.
function tell(form, name) {
  if (name === "AbortError") return;
  const said = form.querySelector("[data-says]");
  said.querySelector("span").textContent = name === "InvalidStateError" ? said.dataset.saysKnown : said.dataset.says;
  said.hidden = false;
}

// JSON has no bytes: they travel as base64url (WebAuthn §5.1, as parseRequestOptionsFromJSON and
// toJSON do it in newer browsers).
function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function read(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const each of [...(options.allowCredentials ?? []), ...(options.excludeCredentials ?? [])]) each.id = bytes(each.id);
  return options;
}

function written({ id, rawId, type, response }) {
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  return { id, rawId: text(rawId), type, response: parts };
}
