// The number that was taken: large on the screen, and on paper of 80 mm where there is a printer.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { Result } from "./screens.js";

export const HallNumber = ({ admission, seconds, onDone }) => html`
  <${Result} tone="good" seconds=${seconds} onDone=${onDone} extra=${html`<${Print} />`}>
    <div class="hall-number">
      <div>
        <p class="result-kicker"><${Icon} name="circle-check" /> ${page.serviceNames[admission.service]}</p>
        <h1 class="result-title">
          <span class="result-label">${t("Nomor antrean Anda")}</span>
          <span class="result-number numerals">${admission.number}</span>
        </h1>
        <p class="result-waiting"><${Icon} name="users" /> ${before(admission)}</p>
        <p class="result-advice">${t("Silakan duduk, tunggu panggilan.")}</p>
      </div>
      <figure class="hall-number-code">
        <img src=${code(admission)} alt=${t("Kode QR ke halaman giliran Anda")} />
        <figcaption>${t("Pindai untuk melihat giliran Anda di ponsel")}</figcaption>
      </figure>
    </div>
    <${Paper} admission=${admission} />
  <//>
`;

const Print = () => html`
  <button class="button button-accent button-huge" onClick=${() => print()}><${Icon} name="printer" /> ${t("Cetak nomor")}</button>
`;

// Seen on paper only; the styles of print hide all the rest.
function Paper({ admission }) {
  const taken = new Date(admission.scanned_at);
  return html`
    <section class="paper" aria-hidden="true">
      <p><b>${page.officeName}</b></p>
      <p>${t("Nomor antrean")}</p>
      <p class="paper-number">${admission.number}</p>
      <p><b>${page.serviceNames[admission.service]}</b></p>
      <p>${dayWords(taken, page)} ${hourWords(taken, page)} ${page.zone}</p>
      <p>${before(admission)}</p>
      <p>${t("Duduk dan tunggu panggilan di monitor.")} ${t("Siapkan KTP dan dokumen asli.")}</p>
      <img src=${code(admission)} alt="" />
      <p>${t("Pindai untuk melihat giliran Anda di ponsel")}</p>
    </section>
  `;
}

const code = (admission) => `/kios/${page.office}/nomor/${admission.number}.svg`;

const before = ({ waiting_before: count }) => (count ? t("{count} orang sebelum Anda", { count }) : t("Anda yang pertama untuk layanan ini"));
