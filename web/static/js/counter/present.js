// What stands in the middle of the console: the ticket before the counter, or why there is none.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { hourWords } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { minutesSince } from "../server-clock.js";

/** `details` is what the floor knows of the ticket: its class and its goal; null until it is known. */
export function Ticket({ ticket, details, isPaused }) {
  const waited = Math.round((Date.parse(details?.begun_at ?? ticket.called_at) - Date.parse(details?.waiting_since ?? ticket.scanned_at)) / 60000);
  const priority = details && details.priority !== "regular" ? page.classNames[details.priority] : null;
  return html`
    <p class="present-kicker ${isPaused ? "present-paused" : ""}"><${Icon} name=${isPaused ? "hourglass" : "person"} /> ${isPaused ? t("Loket dijeda") : t("Sedang dilayani")}</p>
    <div class="present-who" aria-live="polite">
      <p class="present-number numerals">${ticket.number}</p>
      ${ticket.display_name
        ? html`<p class="present-name">${ticket.display_name}</p>`
        : html`<p class="present-nameless">${t("Dipanggil dengan nomor saja")}</p>`}
    </div>
    ${priority && html`<p class="present-class"><${Icon} name="warning" /> ${priority}</p>`}
    <${Step} ticket=${ticket} />
    <${Goal} since=${details?.begun_at ?? ticket.called_at} minutes=${details?.goal_minutes ?? null} />
    <dl class="present-facts">
      <div><dt>${t("Layanan")}</dt><dd>${page.serviceNames[ticket.service]}</dd></div>
      <div><dt>${t("Dipanggil")}</dt><dd class="numerals">${ticket.calls}× · ${hourWords(new Date(ticket.called_at), page)}</dd></div>
      <div><dt>${t("Menunggu")}</dt><dd>${t("{minutes} menit", { minutes: Math.max(0, waited) })}</dd></div>
    </dl>
  `;
}

const Step = ({ ticket: { step, steps } }) =>
  steps.length > 1 &&
  html`<p class="present-step">${t("Langkah {at} dari {all}: {step}", { at: steps.indexOf(step) + 1, all: steps.length, step: page.stepNames[step] })}</p>`;

function Goal({ since, minutes }) {
  const passed = minutesSince(since);
  if (minutes === null) return html`<p class="goal"><span>${t("Berjalan {minutes} menit", { minutes: passed })}</span></p>`;
  const isOver = passed >= minutes;
  return html`
    <div class="goal ${isOver ? "goal-over" : ""}">
      <progress max=${minutes} value=${Math.min(passed, minutes)} aria-label=${t("Waktu langkah ini terhadap sasaran")}></progress>
      <p>
        ${isOver && html`<${Icon} name="alert" />`}
        <b>${t("Berjalan {minutes} menit", { minutes: passed })}</b>
        <span>${isOver ? t("melewati sasaran {minutes} menit", { minutes }) : t("sasaran {minutes} menit", { minutes })}</span>
      </p>
    </div>
  `;
}

export const Unoccupied = ({ waiting }) => html`
  <div class="present-none">
    <${Icon} name=${waiting ? "users" : "hourglass"} />
    <p class="present-title">${waiting ? t("Loket siap") : t("Belum ada yang menunggu")}</p>
    <p>${waiting ? t("Panggil pemohon berikutnya dengan tombol Spasi.") : t("Pemohon yang datang akan tampil di bawah.")}</p>
  </div>
`;

export const Paused = () => html`
  <div class="present-none">
    <${Icon} name="hourglass" />
    <p class="present-title">${t("Loket dijeda")}</p>
    <p>${t("Tidak ada yang dipanggil sampai Anda melanjutkan.")}</p>
  </div>
`;

/** `offer` is { services, steps }; steps are asked for only where a visit has more than one. */
export function Closed({ offer, onOffer }) {
  const toggle = (kind, all, one) => (event) =>
    onOffer({ ...offer, [kind]: all.filter((each) => (each === one ? event.target.checked : offer[kind].includes(each))) });
  const choices = (kind, all, names) => all.map((one) => html`
    <label key=${one}><input type="checkbox" checked=${offer[kind].includes(one)} onChange=${toggle(kind, all, one)} /> ${names[one]}</label>
  `);
  return html`
    <div class="present-none">
      <${Icon} name="door-open" />
      <p class="present-title">${t("Loket tutup")}</p>
      <div class="offers">
        <fieldset class="offer">
          <legend>${t("Layanan yang dibuka di loket ini")}</legend>
          <p class="offer-hint">${t("Tanpa pilihan berarti semua layanan kantor.")}</p>
          ${choices("services", page.services, page.serviceNames)}
        </fieldset>
        ${page.steps.length > 1 && html`
          <fieldset class="offer">
            <legend>${t("Langkah yang dilayani")}</legend>
            <p class="offer-hint">${t("Tanpa pilihan berarti semua langkah.")}</p>
            ${choices("steps", page.steps, page.stepNames)}
          </fieldset>
        `}
      </div>
    </div>
  `;
}
