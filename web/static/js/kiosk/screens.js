// The kiosk's screens, each readable at arm's length in one glance.

import { html, useEffect, useRef } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { lookOf } from "./refusals.js";

export function Idle({ onType, onWalkIn, children }) {
  return html`
    <main class="screen screen-idle">
      <div class="screen-words">
        <h1>${t("Tempelkan kode QR tiket Anda")}</h1>
        <p class="screen-lead">${t("Hadapkan kode QR di ponsel atau kertas ke alat pembaca. Nomor antrean langsung keluar.")}</p>
        <div class="screen-buttons">
          <button class="button button-on-dark button-huge" onClick=${onType}><${Icon} name="keyboard" /> ${t("Ketik kode tiket")}</button>
          <button class="button button-on-dark button-huge" onClick=${onWalkIn}><${Icon} name="ticket" /> ${t("Belum punya tiket?")}</button>
        </div>
      </div>
      ${children}
    </main>
  `;
}

export const Sending = () => html`
  <main class="screen screen-sending">
    <span class="spinner" aria-hidden="true"></span>
    <h1 class="sending"><span role="status">${t("Sebentar…")}</span></h1>
  </main>
`;

export function Admitted({ admission, seconds, onDone }) {
  const before = admission.waiting_before;
  return html`
    <${Result} tone="good" seconds=${seconds} onDone=${onDone}>
      <p class="result-kicker"><${Icon} name="circle-check" /> ${page.serviceNames[admission.service]}</p>
      <h1 class="result-title">
        <span class="result-label">${t("Nomor antrean Anda")}</span>
        <span class="result-number numerals">${admission.number}</span>
      </h1>
      ${admission.display_name && html`<p class="result-name">${admission.display_name}</p>`}
      <p class="result-advice">${admission.is_back ? t("Selamat datang kembali. Tadi Anda dipanggil; sekarang Anda menunggu lagi di urutan terakhir.") : t("Silakan duduk, tunggu panggilan.")}</p>
      <p class="result-waiting">
        <${Icon} name="users" /> ${before ? t("{count} orang sebelum Anda", { count: before }) : t("Anda yang berikutnya")}
      </p>
    <//>
  `;
}

export function Refused({ refusal, seconds, onDone, onType }) {
  const look = lookOf(refusal);
  const signIn = `/masuk?lanjut=${encodeURIComponent(location.pathname)}`;
  return html`
    <${Result} tone=${look.tone} seconds=${seconds} onDone=${onDone} onAgain=${look.isTypedAgain && onType}>
      <span class="result-icon"><${Icon} name=${look.icon} /></span>
      <h1 class="result-title">${look.title}</h1>
      ${look.detail && html`<p class="result-advice">${look.detail}</p>`}
      ${look.next && html`<p class="result-next">${look.next}</p>`}
      ${look.tone === "halt" && html`<a class="button button-accent button-huge" href=${signIn}>${t("Masuk")}</a>`}
    <//>
  `;
}

export function Result({ tone, seconds, onDone, onAgain, extra, children }) {
  const screen = useRef(null);
  useEffect(() => screen.current.focus(), []);
  return html`
    <main class="screen result result-${tone}" ref=${screen} tabindex="-1">
      <div class="result-card" role="status">${children}</div>
      <div class="result-actions">
        ${onAgain && html`<button class="button button-accent button-huge" onClick=${onAgain}>${t("Coba lagi")}</button>`}
        ${extra}
        <button class="button button-quiet button-huge" onClick=${onDone}>${t("Selesai")}</button>
      </div>
      <span class="result-rest result-rest-${seconds}" aria-hidden="true"></span>
    </main>
  `;
}
