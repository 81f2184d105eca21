// What hangs in the hall. Sizes are for eight metres from a 720p screen; on a phone the parts stand below
// each other.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { counterWords, isAtWork } from "./counter-state.js";
import { Lost } from "./lost.js";
import { Notices } from "./notices.js";
import { wayOf } from "./voice.js";

const WIDEST_ON_ONE_LINE = 15;
const WIDEST_ON_TWO_LINES = 30;
const MOST_IN_ONE_ROW = 6;

/**
 * The board: large is the newest call while somebody is still to follow it, or the one just being said.
 * Once that one is served nothing is large: whoever was called before it has long been told.
 */
export function Board({ board, announced, isLive, heardAt, isAwake, isSoundOn, onSound }) {
  const [newest] = board.calls;
  const current = announced || (newest && newest.state === "called" ? newest : null);
  const earlier = board.calls.filter((call) => !current || call.number !== current.number).slice(0, rowsOf(board, isLive));
  return html`
    <div class="board">
      <${Head} name=${board.name} />
      ${isLive ? null : html`<${Lost} heardAt=${heardAt} />`}
      <${Notices} notices=${board.notices || []} />
      <main class="board-main ${current || earlier.length ? "" : "board-quiet"}">
        <${CurrentCall} call=${current} isCalling=${announced !== null} isFirst=${earlier.length === 0} />
        ${(current || earlier.length > 0) && html`<${Earlier} calls=${earlier} />`}
      </main>
      <${Counters} board=${board} />
      <${Foot} ...${{ isLive, heardAt, isAwake, isSoundOn, onSound }} />
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

/** How many earlier calls have room: what stands above and below them takes some of it. */
function rowsOf(board, isLive) {
  const taken = [!isLive, (board.notices || []).length > 0, board.counters.length > MOST_IN_ONE_ROW];
  return 5 - taken.filter(Boolean).length;
}

// A name that does not fit one line at the usual size gets two smaller ones; M and W are as wide as two letters.
function width(name) {
  const wide = (name || "").match(/[MW@%]/gi);
  return (name || "").length + (wide ? wide.length : 0);
}
const isWide = (name) => width(name) > WIDEST_ON_ONE_LINE;
const earlierSize = (name) => (width(name) > WIDEST_ON_TWO_LINES ? "earlier-widest" : isWide(name) ? "earlier-wide" : "");

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
      <p class="call-name">${call.display_name || " "}</p>
      <p class="call-counter"><${Icon} name="arrow-right" /> <span>${t("Loket")} <b>${call.counter}</b></span></p>
    </section>
  `;
}

const Earlier = ({ calls }) => html`
  <section class="earlier" aria-labelledby="earlier">
    <h2 id="earlier">${t("Panggilan sebelumnya")}</h2>
    ${calls.length
      ? html`<ol class="earlier-list earlier-${calls.length > 4 ? "five" : "four"}">${calls.map((call) => html`<${EarlierCall} key=${call.number} call=${call} />`)}</ol>`
      : html`<p class="earlier-none">${t("Belum ada.")}</p>`}
  </section>
`;

const EarlierCall = ({ call }) => html`
  <li class=${call.state === "served" ? "earlier-served" : ""}>
    <b class="numerals">${call.number}</b>
    <span class="earlier-name ${earlierSize(call.display_name)}">${call.display_name || ""}</span>
    <span class="earlier-counter">${t("Loket")} <b>${call.counter}</b></span>
  </li>
`;

const Counters = ({ board }) => html`
  <section class="counters" aria-label=${t("Loket dan antrean")}>
    <ul class="counters-list ${board.counters.length > MOST_IN_ONE_ROW ? "counters-many" : ""}">
      ${board.counters.map((counter) => html`<${Counter} key=${counter.counter} counter=${counter} />`)}
    </ul>
    <p class="count"><span>${t("Menunggu")}</span> <b class="numerals">${board.waiting}</b></p>
    <p class="count"><span>${t("Sudah dilayani")}</span> <b class="numerals">${board.served}</b></p>
  </section>
`;

const Counter = ({ counter }) => html`
  <li class=${isAtWork(counter) ? "" : "counter-away"}>
    <span class="counter-number"><span>${t("Loket")}</span> ${counter.counter}</span>
    <b class="numerals">${counterWords(counter)}</b>
  </li>
`;

function Foot({ isLive, heardAt, isAwake, isSoundOn, onSound }) {
  const updated = hourWords(heardAt, Object.assign({ seconds: true }, page));
  return html`
    <footer class="board-foot">
      <p class=${isLive ? "link-live" : "link-lost"}>
        <${Icon} name=${isLive ? "circle-check" : "offline"} />
        <span class="numerals">${isLive ? t("Tersambung. Diperbarui {hour}", { hour: updated }) : t("Terputus. Data terakhir {hour}", { hour: updated })}</span>
      </p>
      ${isAwake ? null : html`<p class="board-foot-sleep"><${Icon} name="monitor" /> ${t("Matikan penghemat layar perangkat ini")}</p>`}
      ${isSoundOn ? html`<${Voices} />` : html`<button class="button button-accent" onClick=${onSound}><${Icon} name="mute" /> ${t("Aktifkan suara")}</button>`}
    </footer>
  `;
}

function Voices() {
  useNow(); // a device finds its voices some seconds after the page
  const silent = page.voices.filter((language) => wayOf(language) === null);
  if (!silent.length) return html`<p><${Icon} name="sound" /> ${t("Bel dan suara aktif")}</p>`;
  const isBellAlone = silent.length === page.voices.length;
  return html`<p><${Icon} name="sound" /> ${isBellAlone ? t("Bel aktif; tidak ada suara di perangkat ini") : t("Bel dan suara aktif; tidak ada suara {languages}", { languages: silent.map(languageName).join(", ") })}</p>`;
}

const languageName = (language) => (language === "id" ? t("Indonesia") : t("Inggris"));
