// The kiosk's screens, each readable at arm's length in one glance.

import { html, useEffect, useRef } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { ClockFace } from "./clock-face.js";
import { WaitRange } from "./expected-wait.js";
import { before, Paper, Print } from "./paper.js";
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
  return html`
    <${Result} tone="good" seconds=${seconds} onDone=${onDone} extra=${html`<${Print} />`}>
      <p class="result-kicker"><${Icon} name="circle-check" /> ${page.serviceNames[admission.service]}</p>
      <h1 class="result-title">
        <span class="result-label">${t("Nomor antrean Anda")}</span>
        <span class="result-number numerals">${admission.number}</span>
      </h1>
      ${admission.display_name && html`<p class="result-name">${admission.display_name}</p>`}
      ${admission.is_late && html`<p class="result-late"><${Icon} name="hourglass" /> ${t("Anda terlambat: yang sudah menunggu dipanggil lebih dulu.")}</p>`}
      <p class="result-advice">${admission.is_back ? t("Selamat datang kembali. Tadi Anda dipanggil; sekarang Anda menunggu lagi di urutan terakhir.") : t("Silakan duduk, tunggu panggilan.")}</p>
      <${Before} count=${admission.waiting_before} />
      ${isInLine(admission) && html`<${WaitRange} service=${admission.service} look="result-waiting" />`}
      <${Paper} admission=${admission} />
    <//>
  `;
}

// Who is next, late or back waits otherwise than who comes now.
const isInLine = ({ waiting_before: count, is_late, is_back }) => count > 0 && !is_late && !is_back;

export function Refused({ refusal, seconds, onDone, onType }) {
  const look = lookOf(refusal);
  const signIn = `/masuk?lanjut=${encodeURIComponent(location.pathname)}`;
  return html`
    <${Result} tone=${look.tone} code=${refusal.code} seconds=${seconds} onDone=${onDone} onAgain=${look.isTypedAgain && onType}>
      ${look.large ? html`<${Large} look=${look} />` : html`<${Plain} look=${look} />`}
      ${look.detail && html`<p class="result-advice">${look.detail}</p>`}
      ${refusal.data?.waiting_before !== undefined && html`<${Before} count=${refusal.data.waiting_before} />`}
      ${look.next && html`<p class="result-next">${look.next}</p>`}
      ${look.tone === "halt" && html`<a class="button button-accent button-huge" href=${signIn}>${t("Masuk")}</a>`}
    <//>
  `;
}

const Plain = ({ look }) => html`
  <span class="result-icon"><${Icon} name=${look.icon} /></span>
  <h1 class="result-title">${look.title}</h1>
`;

const Large = ({ look }) => html`
  ${look.large.clock ? html`<${ClockFace} instant=${look.large.clock} />` : html`<span class="result-icon result-icon-beside"><${Icon} name=${look.icon} /></span>`}
  <p class="result-why">${look.title}</p>
  <h1 class="result-title">
    ${look.large.label && html`<span class="result-do">${look.large.label}</span>`}
    <span class="result-${look.large.form} numerals">${look.large.words}</span>
  </h1>
`;

const Before = ({ count }) => html`
  <p class="result-waiting">
    <${Icon} name="users" /> ${before({ waiting_before: count })}
  </p>
`;

export function Result({ tone, code, seconds, onDone, onAgain, extra, children }) {
  const screen = useRef(null);
  useEffect(() => screen.current.focus(), []);
  return html`
    <main class="screen result result-${tone}" ref=${screen} tabindex="-1">
      <div class="result-card" role="status" data-code=${code}>${children}</div>
      <div class="result-actions">
        ${onAgain && html`<button class="button button-accent button-huge" onClick=${onAgain}>${t("Coba lagi")}</button>`}
        ${extra}
        <button class="button button-quiet button-huge" onClick=${onDone}>${t("Selesai")}</button>
      </div>
      <span class="result-rest result-rest-${seconds}" aria-hidden="true"></span>
    </main>
  `;
}
