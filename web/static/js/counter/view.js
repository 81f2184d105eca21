// The parts of the console.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { hourWords } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { ACTIONS, keyName, mainAction } from "./actions.js";

const SIGN_IN_CODES = new Set(["not_signed_in", "session_expired", "bad_token"]);

export function Ticket({ ticket }) {
  const waited = Math.round((Date.parse(ticket.called_at) - Date.parse(ticket.scanned_at)) / 60000);
  return html`
    <p class="present-kicker"><${Icon} name="person" /> ${t("Sedang dilayani")}</p>
    <p class="present-number numerals">${ticket.number}</p>
    <p class="present-name">${ticket.display_name ?? t("Dipanggil dengan nomor saja")}</p>
    <dl class="present-facts">
      <div><dt>${t("Layanan")}</dt><dd>${page.serviceNames[ticket.service]}</dd></div>
      <div><dt>${t("Dipanggil")}</dt><dd class="numerals">${ticket.calls}× · ${hourWords(new Date(ticket.called_at), page)}</dd></div>
      <div><dt>${t("Menunggu")}</dt><dd>${t("{minutes} menit", { minutes: waited })}</dd></div>
    </dl>
  `;
}

export const Unoccupied = ({ waiting }) => html`
  <div class="present-none">
    <${Icon} name=${waiting ? "users" : "hourglass"} />
    <p class="present-title">${waiting ? t("Loket siap") : t("Belum ada yang menunggu")}</p>
    <p>${waiting ? t("Panggil pemohon berikutnya dengan tombol Spasi.") : t("Pemohon yang datang akan tampil pada jumlah di samping.")}</p>
  </div>
`;

export function Closed({ offered, onOffer }) {
  const toggle = (service) => (event) =>
    onOffer(page.services.filter((one) => (one === service ? event.target.checked : offered.includes(one))));
  return html`
    <div class="present-none">
      <${Icon} name="door-open" />
      <p class="present-title">${t("Loket tutup")}</p>
      <fieldset class="offer">
        <legend>${t("Layanan yang dibuka di loket ini")}</legend>
        <p class="offer-hint">${t("Tanpa pilihan berarti semua layanan kantor.")}</p>
        ${page.services.map((service) => html`
          <label key=${service}>
            <input type="checkbox" checked=${offered.includes(service)} onChange=${toggle(service)} />
            ${page.serviceNames[service]}
          </label>
        `)}
      </fieldset>
    </div>
  `;
}

export const Waiting = ({ waiting, isKnown }) => html`
  <p class="waiting"><b class="numerals">${isKnown ? waiting : "–"}</b> <span>${t("menunggu")}</span></p>
`;

export function Actions({ counter, pending, onAction }) {
  const main = mainAction(counter);
  const click = (action) => (event) => {
    if (event.detail) event.currentTarget.blur(); // after a mouse click the space bar calls again
    onAction(action);
  };
  return html`
    <ul class="actions-list">
      ${ACTIONS.map((action) => html`
        <li key=${action.name} hidden=${action.name === "open" ? counter.state === "open" : counter.state === "closed"}>
          <button class="button ${action === main ? "button-main" : "button-quiet"}" disabled=${pending !== null || !action.isPossible(counter)} onClick=${click(action)}>
            <${Icon} name=${action.icon} /> <span>${action.label()}${action.hint?.(counter) && html` <small>${action.hint(counter)}</small>`}</span>
            <kbd>${pending === action.name ? "…" : keyName(action.key)}</kbd>
          </button>
        </li>
      `)}
    </ul>
  `;
}

export function Problem({ refusal, onRetry }) {
  const signIn = `/masuk?lanjut=${encodeURIComponent(location.pathname)}`;
  return html`
    <div class="notice ${refusal.code === "queue_empty" ? "notice-warn" : "notice-bad"}" role="alert">
      <${Icon} name="alert" />
      <div>
        <p class="notice-title">${refusal.title}</p>
        ${refusal.detail && html`<p>${refusal.detail}</p>`}
        ${SIGN_IN_CODES.has(refusal.code)
          ? html`<p><a href=${signIn}>${t("Masuk lagi")}</a></p>`
          : refusal.status === 0 || refusal.status >= 500
            ? html`<button class="button button-quiet" onClick=${onRetry}><${Icon} name="refresh" /> ${t("Periksa lagi")}</button>`
            : null}
      </div>
    </div>
  `;
}
