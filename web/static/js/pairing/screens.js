// What a device shows while it is being paired; the code can be read from three metres.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { t } from "../page.js";

const KINDS = [
  { kind: "kiosk", icon: "qr-code", name: () => t("Kios"), hint: () => t("Pemohon menempelkan tiketnya di pintu masuk.") },
  { kind: "board", icon: "monitor", name: () => t("Papan aula"), hint: () => t("Layar besar yang memanggil nomor di ruang tunggu.") },
  { kind: "counter_board", icon: "users", name: () => t("Papan meja loket"), hint: () => t("Layar kecil di satu loket.") },
];

const nameOf = (kind) => KINDS.find((one) => one.kind === kind).name();

export function Choice({ notice, refusal, onKind }) {
  return html`
    <div class="pairing-step">
      ${notice === "ended" && html`<p class="notice notice-warn" role="alert"><${Icon} name="alert" /> <span>${t("Perangkat ini dilepas dari kantornya. Untuk memakainya lagi, pasang sekali lagi dengan kode baru.")}</span></p>`}
      ${refusal && html`<p class="notice notice-bad" role="alert"><${Icon} name="alert" /> <span>${refusal.title} ${refusal.detail}</span></p>`}
      <h1>${t("Perangkat ini akan menjadi apa?")}</h1>
      <div class="pairing-kinds">
        ${KINDS.map(
          (one) => html`
            <button class="pairing-kind" onClick=${() => onKind(one.kind)}>
              <${Icon} name=${one.icon} />
              <b>${one.name()}</b>
              <span>${one.hint()}</span>
            </button>
          `,
        )}
      </div>
    </div>
  `;
}

export function Code({ pairing, until, onBack }) {
  const { user_code: code, kind } = pairing;
  const left = Math.max(0, Math.ceil((until - useNow()) / 60000));
  return html`
    <div class="pairing-step">
      <h1 class="pairing-title">${t("Kode perangkat ini")} <span class="soft">${nameOf(kind)}</span></h1>
      <p class="pairing-code numerals" role="status" aria-label=${[...code].join(" ")} data-code=${code}>
        <span>${code.slice(0, 3)}</span><span>${code.slice(3)}</span>
      </p>
      <ol class="pairing-next">
        <li>${t("Kepala kantor masuk di ponsel atau komputernya sendiri, lalu membuka menu Perangkat.")}</li>
        <li>${t("Di sana ia mengetik kode ini, memeriksa jenis perangkatnya, dan memberi nama.")}</li>
        <li>${t("Layar ini lalu berpindah sendiri.")}</li>
      </ol>
      <p class="pairing-wait"><${Icon} name="hourglass" /> ${t("Menunggu persetujuan. Kode berlaku {minutes} menit lagi.", { minutes: left })}</p>
      <button class="button button-quiet" onClick=${onBack}><${Icon} name="arrow-left" /> ${t("Bukan {kind}? Pilih lagi", { kind: nameOf(kind) })}</button>
    </div>
  `;
}

export function Over({ kind, onAgain, onBack }) {
  return html`
    <div class="pairing-step">
      <h1>${t("Kode tadi tidak berlaku lagi")}</h1>
      <p>${t("Sebuah kode hanya berlaku sebentar, supaya tidak ada yang menebaknya.")}</p>
      <div class="pairing-actions">
        <button class="button button-accent button-large" onClick=${() => onAgain(kind)}>${t("Minta kode baru")}</button>
        <button class="button button-quiet button-large" onClick=${onBack}>${t("Pilih jenis lain")}</button>
      </div>
    </div>
  `;
}

export const Renewing = () => html`
  <div class="pairing-step" role="status">
    <h1>${t("Sebentar…")}</h1>
    <p>${t("Perangkat ini menyambung lagi ke kantornya.")}</p>
  </div>
`;
