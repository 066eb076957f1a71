// A button with data-place asks the browser, once and when it is pressed, where it is, and fills
// the form's latitude and longitude. data-place="send" takes no more than a hundred metres' precision
// and sends the form. Where the browser can't or may not tell, [data-place-said] says so.
const ONCE = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

function wire(button) {
  const form = button.form;
  const said = form.querySelector("[data-place-said]");
  const sends = button.dataset.place === "send";
  const digits = sends ? 3 : 6;

  button.hidden = false;
  button.addEventListener("click", () => {
    if (!navigator.geolocation) {
      said.hidden = false;
      return;
    }
    said.hidden = true;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        form.elements.latitude.value = coords.latitude.toFixed(digits);
        form.elements.longitude.value = coords.longitude.toFixed(digits);
        if (sends) form.requestSubmit();
      },
      () => {
        button.disabled = false;
        said.hidden = false;
      },
      ONCE,
    );
  });
}

document.querySelectorAll("[data-place]").forEach(wire);
