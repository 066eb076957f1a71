// Where the browser may read the code from the message itself (WebOTP), nothing has to be typed.
// The message ends in `@host #code`: https://wicg.github.io/sms-one-time-codes/
const field = document.querySelector("input[data-code]");

if (field && "OTPCredential" in window) {
  const waiting = new AbortController();
  field.form.addEventListener("submit", () => waiting.abort());
  navigator.credentials
    .get({ otp: { transport: ["sms"] }, signal: waiting.signal })
    .then(({ code }) => {
      field.value = code;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    })
    .catch(() => undefined); // typed by hand, or not allowed
}
