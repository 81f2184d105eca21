// The waiting room on a phone: the latest calls, and the own number with sound and vibration when it is called.

import { html, render, useEffect, useMemo, useState } from "../../vendor/htm-preact/standalone.module.js";
import { Announcer } from "../board/announcer.js";
import { useBoard } from "../board/follow.js";
import { ageWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import * as sound from "../sound.js";
import { Calls, OwnNumber } from "./view.js";

const VIBRATION_MILLISECONDS = [400, 200, 400, 200, 800];

const isOwn = (call) => call.number === page.number;

async function announce(call) {
  if (!isOwn(call)) return;
  if (navigator.vibrate) navigator.vibrate(VIBRATION_MILLISECONDS);
  await sound.chime();
}

function WaitingRoom() {
  const [isSoundOn, setIsSoundOn] = useState(sound.isAllowed);
  const announcer = useMemo(() => new Announcer({ announce }), []);
  const { board, isLive, heardAt } = useBoard((next) => announcer.take(next));
  useEffect(() => sound.onAllowedChange(setIsSoundOn), []);
  return html`
    ${isLive ? null : html`<${Old} heardAt=${heardAt} />`}
    ${page.number && html`<${OwnNumber} board=${board} sound=${html`<${Sound} isOn=${isSoundOn} onSound=${() => sound.allow().then(setIsSoundOn)} />`} />`}
    <${Calls} board=${board} />
  `;
}

function Old({ heardAt }) {
  const now = useNow();
  return html`
    <div class="notice notice-warn">
      <${Icon} name="offline" />
      <div><p class="notice-title" role="alert">${t("Sambungan terputus. Yang tampil mungkin sudah berubah.")}</p><p class="numerals">${t("Data {age}.", { age: ageWords(now - heardAt) })}</p></div>
    </div>
  `;
}

const Sound = ({ isOn, onSound }) => isOn
  ? html`<p class="room-sound"><${Icon} name="sound" /> ${t("Ponsel ini berbunyi saat nomor Anda dipanggil. Biarkan halaman ini terbuka.")}</p>`
  : html`<button class="button" onClick=${onSound}><${Icon} name="bell-ring" /> ${t("Bunyikan saat nomor saya dipanggil")}</button>`;

const app = document.getElementById("app");
app.textContent = ""; // what the server drew
render(html`<${WaitingRoom} />`, app);
