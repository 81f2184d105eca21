// What hangs in the hall. Sizes are for eight metres from a 720p screen; on a phone the parts stand below
// each other.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { Notices } from "./notices.js";
import { indonesianVoice } from "./speech.js";

const WIDEST_ON_ONE_LINE = 15;
const WIDEST_ON_TWO_LINES = 30;

/**
 * The board: large is the newest call while somebody is still to follow it, or the one just being said.
 * Once that one is served nothing is large: whoever was called before it has long been told.
 */
export function Board({ board, announced, isLive, heardAt, isSoundOn, onSound }) {
  const [newest] = board.calls;
  const current = announced ?? (newest?.state === "called" ? newest : null);
  const earlier = board.calls.filter((call) => call.ticket_id !== current?.ticket_id).slice(0, 5);
  return html`
    <div class="board">
      <${Head} name=${board.name} />
      ${isLive ? null : html`<${Lost} heardAt=${heardAt} />`}
      <${Notices} notices=${board.notices ?? []} />
      <main class="board-main ${current || earlier.length ? "" : "board-quiet"}">
        <${CurrentCall} call=${current} isCalling=${announced !== null} isFirst=${earlier.length === 0} />
        ${(current || earlier.length > 0) && html`<${Earlier} calls=${earlier} />`}
      </main>
      <${Counters} board=${board} />
      <${Foot} ...${{ board, isLive, heardAt, isSoundOn, onSound }} />
    </div>
  `;
}

function Head({ name }) {
  const now = useNow();
  return html`
    <header class="board-head">
      <img src=${page.logo} alt="" width="56" height="56" />
      <div><h1>${name}</h1><p>${dayWords(now, page)}</p></div>
      <p class="board-clock numerals">${hourWords(now, page)} <span>${page.zone}</span></p>
    </header>
  `;
}

// A name that does not fit one line at the usual size gets two smaller ones; M and W are as wide as two letters.
const width = (name) => (name ?? "").length + ((name ?? "").match(/[MW@%]/gi)?.length ?? 0);
const isWide = (name) => width(name) > WIDEST_ON_ONE_LINE;
const earlierSize = (name) => (width(name) > WIDEST_ON_TWO_LINES ? "earlier-widest" : isWide(name) ? "earlier-wide" : "");

const Lost = ({ heardAt }) => html`
  <p class="board-lost" role="alert">
    <${Icon} name="offline" />
    ${t("Sambungan terputus sejak {hour}. Nomor di layar mungkin sudah berubah; dengarkan petugas.", { hour: hourWords(heardAt, page) })}
  </p>
`;

function CurrentCall({ call, isCalling, isFirst }) {
  if (!call) {
    return html`
      <section class="call call-none" aria-label=${t("Panggilan")}>
        <${Icon} name="hourglass" />
        <p class="call-wait">${isFirst ? t("Belum ada panggilan") : t("Belum ada panggilan baru")}</p>
        <p>${t("Silakan duduk. Nomor Anda akan tampil di sini.")}</p>
      </section>
    `;
  }
  return html`
    <section class="call ${isCalling ? "call-now" : ""} ${isWide(call.display_name) ? "call-wide" : ""}" aria-label=${t("Panggilan")} aria-live="polite" data-calls=${call.calls}>
      <p class="call-kicker">
        <${Icon} name=${isCalling ? "bell-ring" : "megaphone"} />
        ${isCalling ? (call.calls > 1 ? t("Panggilan ulang") : t("Sedang dipanggil")) : t("Panggilan terakhir")}
      </p>
      <p class="call-number numerals">${call.number}</p>
      <p class="call-name">${call.display_name ?? " "}</p>
      <p class="call-counter"><${Icon} name="arrow-right" /> <span>${t("Loket")} <b>${call.counter}</b></span></p>
    </section>
  `;
}

const Earlier = ({ calls }) => html`
  <section class="earlier" aria-labelledby="earlier">
    <h2 id="earlier">${t("Panggilan sebelumnya")}</h2>
    ${calls.length
      ? html`<ol class="earlier-list">${calls.map((call) => html`<${EarlierCall} key=${call.ticket_id} call=${call} />`)}</ol>`
      : html`<p class="earlier-none">${t("Belum ada.")}</p>`}
  </section>
`;

const EarlierCall = ({ call }) => html`
  <li class=${call.state === "served" ? "earlier-served" : ""}>
    <b class="numerals">${call.number}</b>
    <span class="earlier-name ${earlierSize(call.display_name)}">${call.display_name ?? ""}</span>
    <span class="earlier-counter">${t("Loket")} <b>${call.counter}</b></span>
  </li>
`;

const Counters = ({ board }) => html`
  <section class="counters" aria-label=${t("Loket dan antrean")}>
    <ul class="counters-list">
      ${board.counters.map((counter) => html`
        <li key=${counter.counter} class=${counter.state === "closed" ? "counter-closed" : ""}>
          <span>${t("Loket")} ${counter.counter}</span>
          <b class="numerals">${counter.state === "closed" ? t("Tutup") : (counter.number ?? t("Siap"))}</b>
        </li>
      `)}
    </ul>
    <p class="count"><span>${t("Menunggu")}</span> <b class="numerals">${board.waiting}</b></p>
    <p class="count"><span>${t("Dilayani")}</span> <b class="numerals">${board.served}</b></p>
  </section>
`;

function Foot({ isLive, heardAt, isSoundOn, onSound }) {
  const updated = hourWords(heardAt, { ...page, seconds: true });
  return html`
    <footer class="board-foot">
      <p class=${isLive ? "link-live" : "link-lost"}>
        <${Icon} name=${isLive ? "circle-check" : "offline"} />
        <span class="numerals">${isLive ? t("Tersambung. Diperbarui {hour}", { hour: updated }) : t("Terputus. Data terakhir {hour}", { hour: updated })}</span>
      </p>
      ${isSoundOn
        ? html`<p><${Icon} name="sound" /> ${indonesianVoice() ? t("Bel dan suara aktif") : t("Bel aktif; perangkat ini tidak punya suara Indonesia")}</p>`
        : html`<button class="button button-accent" onClick=${onSound}><${Icon} name="mute" /> ${t("Aktifkan suara")}</button>`}
    </footer>
  `;
}
