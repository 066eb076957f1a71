// A field with data-scan (its words) gets a button that reads a QR code with the camera into it.
// The browser's own detector where there is one, else jsQR, fetched when the camera first opens.
// Where there is no camera, or no secure page to use it from, there is no button.
const FRAME = 100; // milliseconds between looks

// Where this file came from tells where jsQR lies.
const FALLBACK = new URL("../vendor/jsqr.js", import.meta.url).pathname;

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  await import(FALLBACK);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return self.jsQR(data, width, height)?.data;
  };
}

// A printed code is a link for the member's own phone; here only what it carries is wanted.
export function carried(text) {
  return /[?&](?:code|card)=([0-9]+)/.exec(text)?.[1] ?? text;
}

async function read(dialog, video) {
  const look = await reader();
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    video.srcObject = stream;
    await video.play();
    while (dialog.open) {
      const found = await look(video).catch(() => null);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, FRAME));
    }
    return null;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}

async function scan(input, dialog, said) {
  dialog.showModal();
  said.hidden = true;
  try {
    const found = await read(dialog, dialog.querySelector("video"));
    dialog.close();
    if (!found) return;
    input.value = carried(found);
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    input.focus();
  } catch {
    said.hidden = false; // the camera was refused or is in use
  }
}

function wire(input) {
  const dialog = document.getElementById("scanner");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--small";
  button.textContent = input.dataset.scan;
  button.addEventListener("click", () => scan(input, dialog, dialog.querySelector("[data-scan-refused]")));
  input.closest(".field").append(button);
}

if (navigator.mediaDevices?.getUserMedia && document.getElementById("scanner")) {
  document.querySelectorAll("input[data-scan]").forEach(wire);
}
