// A number on paper of 80 mm, where the kiosk has a printer: for who came without a ticket, and for who has one.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";

export const Print = () => html`
  <button class="button button-accent button-huge" onClick=${() => print()}><${Icon} name="printer" /> ${t("Cetak nomor")}</button>
`;

// Seen on paper only; the styles of print hide all the rest.
export function Paper({ admission }) {
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

/** Where the picture of a number's QR code is; it leads to its place in the waiting room. */
export const code = (admission) => `/kios/${page.office}/nomor/${admission.number}.svg`;

/** How many are called before it, in words. */
export const before = ({ waiting_before: count }) => (count ? t("{count} orang sebelum Anda", { count }) : t("Anda yang pertama untuk layanan ini"));
