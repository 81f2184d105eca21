// The camera's picture on the kiosk, so that people see how to hold their ticket. Without a camera there
// is a drawing instead, and the USB scanner does the reading.

import { html, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { t } from "../page.js";
import { isPossible, watch } from "./camera.js";

const TRY_AGAIN_MILLISECONDS = 15000;

export function Camera({ onText }) {
  const video = useRef(null);
  const [isOn, setIsOn] = useState(false);
  useEffect(() => keepWatching(video.current, onText, setIsOn), []);
  return html`
    <div class="viewfinder ${isOn ? "viewfinder-on" : ""}" data-camera=${isOn ? "on" : "off"}>
      <video ref=${video} muted playsinline aria-label=${t("Gambar kamera kios")} hidden=${!isOn}></video>
      ${isOn ? html`<span class="viewfinder-frame" aria-hidden="true"></span>` : html`<${Drawing} />`}
    </div>
  `;
}

function keepWatching(video, onText, setIsOn) {
  let isOver = false;
  let stop = () => {};
  const begin = async () => {
    if (isOver || !isPossible()) return;
    try {
      stop = await watch(video, onText);
      setIsOn(true);
      if (isOver) stop();
    } catch (fault) {
      console.info("no camera:", fault.name);
      setTimeout(begin, TRY_AGAIN_MILLISECONDS);
    }
  };
  begin();
  return () => {
    isOver = true;
    stop();
  };
}

const Drawing = () => html`
  <div class="drawing" aria-hidden="true">
    <div class="drawing-phone"><${Icon} name="qr-code" /></div>
    <div class="drawing-beam"></div>
  </div>
`;
