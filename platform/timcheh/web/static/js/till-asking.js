// What the till asks of the server. No answer within the time is an error like no connection.
const PATIENCE = 20_000;
const token = document.querySelector("meta[name=csrf-token]");

export async function ask(address, fields) {
  const headers = { "HX-Request": "true", Accept: "application/json" };
  if (fields) headers["x-csrftoken"] = token.content;
  const body = fields && new URLSearchParams(fields);
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { method: fields ? "POST" : "GET", headers, body, signal, cache: "no-store" });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get("Content-Type") ?? "");
  return { ok: answer.ok, status: answer.status, go: answer.headers.get("HX-Redirect"), text, data: isJson ? JSON.parse(text) : null };
}

// A new session has a new token: each form of the page gets it.
export async function renewToken(address) {
  const page = new DOMParser().parseFromString((await ask(address)).text, "text/html");
  const found = page.querySelector("meta[name=csrf-token]")?.content;
  if (!found) return;
  token.content = found;
  for (const field of document.querySelectorAll("input[name=_csrf_token]")) field.value = found;
}
