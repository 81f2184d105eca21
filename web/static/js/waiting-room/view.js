// What the phone shows: where the own number stands, and who was called last. Names stay in the hall.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { waitWords } from "../wait-words.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { reasonsOf, useTurn } from "./turn.js";

/** The own number; `sound`, how it is told of its call, is left out once it is over. */
export function OwnNumber({ board, sound }) {
  const turn = useTurn(board.version);
  const call = board.calls.find((one) => one.number === page.number);
  const state = call ? call.state : turn ? turn.state : "waiting";
  const counter = call ? call.counter : turn && turn.counter;
  return html`
    <section class="room-own room-${state}" aria-live="assertive" aria-label=${t("Nomor Anda")}>
      <p class="room-kicker">${t("Nomor Anda")}</p>
      <p class="room-number numerals">${page.number}</p>
      ${state === "called" && html`<p class="room-go"><${Icon} name="arrow-right" /> ${t("Silakan ke loket {counter}", { counter })}</p>`}
      ${state === "served" && html`<p class="room-words">${t("Sudah dilayani. Terima kasih.")}</p>`}
      ${state === "held" && html`<p class="room-words">${t("Ditunda oleh petugas. Tunggu dipanggil lagi.")}</p>`}
      ${state === "no_show" && html`<p class="room-words">${t("Nomor ini dipanggil dan tidak hadir. Hubungi petugas di loket.")}</p>`}
      ${state === "unknown" && html`<p class="room-words">${t("Nomor ini tidak ada di kantor ini hari ini. Periksa nomor pada karcis atau tiket Anda.")}</p>`}
      ${state === "waiting" && html`<${Waiting} turn=${turn} waiting=${board.waiting} />`}
    </section>
    ${state !== "served" && state !== "unknown" && sound}
  `;
}

function Waiting({ turn, waiting }) {
  if (!turn || !turn.place) {
    return html`<p class="room-words">${t("Belum dipanggil. {count} orang menunggu di kantor ini.", { count: waiting })}</p>`;
  }
  const before = turn.place - 1;
  const wait = waitWords(turn.low_minutes, turn.high_minutes);
  const first = turn.counters ? t("Anda berikutnya. Bersiaplah.") : t("Anda di urutan pertama.");
  return html`
    <p class="room-words">${before ? t("Belum dipanggil. {count} orang sebelum Anda.", { count: before }) : first}</p>
    ${wait && html`<p class="room-wait"><${Icon} name="hourglass" /> ${t("Perkiraan menunggu: {wait}", { wait })}</p>`}
    ${before > 0 && html`<ul class="room-reasons">${reasonsOf(turn).map((words) => html`<li key=${words}>${words}</li>`)}</ul>`}
    <p class="room-words">${turn.counters ? t("{count} loket memanggil untuk layanan Anda.", { count: turn.counters }) : t("Belum ada loket yang memanggil untuk layanan Anda.")}</p>
  `;
}

export const Calls = ({ board }) => html`
  <section aria-labelledby="calls">
    <h2 id="calls">${t("Panggilan terakhir")}</h2>
    ${board.calls.length
      ? html`<ol class="room-calls">${board.calls.map((call) => html`<${Call} key=${call.number} call=${call} />`)}</ol>`
      : html`<p>${t("Belum ada panggilan")}</p>`}
  </section>
`;

const Call = ({ call }) => html`
  <li class=${call.number === page.number ? "room-call-own" : ""}>
    <b class="numerals">${call.number}</b>
    <span>${t("Loket")} <b class="numerals">${call.counter}</b></span>
    <span class="room-call-state">${call.state === "served" ? t("Selesai") : t("Dipanggil")}</span>
  </li>
`;
