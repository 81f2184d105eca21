// Reading QR codes with the device's camera, where it has one. The reader is ZXing in WebAssembly; it is
// loaded only when there is a camera.

const LOOK_EVERY_MILLISECONDS = 120;
const WIDEST_PICTURE = 960;
const READER = new URL("../../vendor/zxing-wasm/reader/", import.meta.url);
const WANTED = { video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false };
const HOW = { formats: ["QRCode"], tryHarder: true, tryInvert: false, maxNumberOfSymbols: 1 };

/** Show the camera in `video` and call back with the text of every code seen. Returns how to stop. */
export async function watch(video, onText) {
  const stream = await navigator.mediaDevices.getUserMedia(WANTED);
  const read = await reader();
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const look = async () => {
    if (!stream.active) return;
    try {
      const text = video.videoWidth ? await read(picture(video, canvas)) : null;
      if (text && stream.active) onText(text);
    } finally {
      setTimeout(look, LOOK_EVERY_MILLISECONDS);
    }
  };
  setTimeout(look, LOOK_EVERY_MILLISECONDS);
  return () => {
    for (const track of stream.getTracks()) track.stop();
  };
}

/** Whether this browser can show a camera at all. */
export const isPossible = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.WebAssembly);

async function reader() {
  const zxing = await import(new URL("index.js", READER));
  const locateFile = (name) => new URL(name, READER).href;
  await zxing.prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  return async (image) => (await zxing.readBarcodes(image, HOW)).find((code) => code.isValid)?.text ?? null;
}

function picture(video, canvas) {
  const scale = Math.min(1, WIDEST_PICTURE / video.videoWidth);
  canvas.canvas.width = Math.round(video.videoWidth * scale);
  canvas.canvas.height = Math.round(video.videoHeight * scale);
  canvas.drawImage(video, 0, 0, canvas.canvas.width, canvas.canvas.height);
  return canvas.getImageData(0, 0, canvas.canvas.width, canvas.canvas.height);
}
