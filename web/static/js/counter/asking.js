// What is asked before a rare action: each dialog ends in `onDone(body)`, the request's body.

import { html, useState } from "../../vendor/htm-preact/standalone.module.js";
import { page, t } from "../page.js";
import { moreActions } from "./actions.js";
import { Choices } from "./dialog.js";
import { ActionButton } from "./view.js";

const LONGEST_NOTE = 120;

const More = ({ now, pending, onAction }) => html`
  <ul class="actions-list">
    ${moreActions(now).map((action) => html`<li key=${action.name}><${ActionButton} action=${action} now=${now} pending=${pending} onAction=${onAction} /></li>`)}
  </ul>
`;

function Hold({ isBusy, onDone }) {
  const reasons = [t("Melengkapi berkas"), t("Menunggu sistem"), t("Ke kamar kecil atau salat"), t("Menyusui atau mengurus anak")];
  const [note, setNote] = useState("");
  return html`
    <p>${t("Nomornya disisihkan, loket bebas, dan gilirannya tidak hilang. Mengapa?")}</p>
    <${Choices} isBusy=${isBusy} choices=${[...reasons.map((words) => ({ name: words, words })), { name: "", words: t("Tanpa alasan") }]} onChoose=${(reason) => onDone(reason ? { reason } : {})} />
    <form class="ask-form" onSubmit=${submits(() => note.trim() && onDone({ reason: note.trim() }))}>
      <${Note} words=${t("Alasan lain")} note=${note} onNote=${setNote} />
      <button class="button" aria-disabled=${isBusy || !note.trim()}>${t("Tunda")}</button>
    </form>
  `;
}

function Transfer({ now, isBusy, onDone }) {
  const [note, setNote] = useState("");
  const { ticket } = now.counter;
  const steps = ticket.steps.filter((step) => step !== ticket.step).map((step) => ({ name: step, words: page.stepNames[step], hint: t("langkah lain") }));
  const counters = now.floor.counters
    .filter((one) => one.counter !== page.counter && one.state !== "closed")
    .map((one) => ({ name: one.counter, words: `${t("Loket")} ${one.counter}`, hint: one.state === "paused" ? t("sedang dijeda") : one.ticket && t("melayani {number}", one.ticket) }));
  const send = (to) => onDone({ ...(typeof to === "number" ? { to_counter: to } : { to_step: to }), ...(note.trim() ? { reason: note.trim() } : {}) });
  if (steps.length + counters.length === 0) return html`<p>${t("Tidak ada loket lain yang buka.")}</p>`;
  return html`
    <p>${t("{number} menunggu di sana dan gilirannya tidak hilang. Ke mana?", ticket)}</p>
    <${Choices} choices=${[...steps, ...counters]} isBusy=${isBusy} onChoose=${send} />
    <${Note} words=${t("Alasan (boleh kosong)")} note=${note} onNote=${setNote} />
  `;
}

function Outcome({ now, isBusy, onDone }) {
  const outcomes = [
    { name: "incomplete", words: t("Berkas belum lengkap") },
    { name: "rejected", words: t("Permohonan ditolak") },
    { name: "other_day", words: t("Datang lagi pada hari lain") },
  ];
  return html`
    <p>${t("Kunjungan {number} berakhir dengan hasil ini.", now.counter.ticket)}</p>
    <${Choices} choices=${outcomes} isBusy=${isBusy} onChoose=${(outcome) => onDone({ outcome })} />
  `;
}

const chosenOf = (tickets, hint) => tickets.map((ticket) => ({ name: ticket.number, words: `${ticket.number} ${ticket.display_name ?? ""}`, hint: hint(ticket) }));

const ResumeTicket = ({ now, isBusy, onDone }) => html`
  <p>${t("Siapa yang sudah kembali ke loket?")}</p>
  <${Choices} choices=${chosenOf(now.held, (ticket) => ticket.note)} isBusy=${isBusy} onChoose=${(number) => onDone({ number })} />
`;

const Return = ({ now, isBusy, onDone }) => html`
  <p>${t("Siapa yang berdiri di depan Anda? Nomornya menunggu lagi: dalam 15 menit gilirannya tetap, sesudah itu paling belakang.")}</p>
  <${Choices} choices=${chosenOf(now.absent, (ticket) => page.serviceNames[ticket.service])} isBusy=${isBusy} onChoose=${(number) => onDone({ number })} />
`;

function CallTicket({ now, isBusy, onDone }) {
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const isComplete = number.trim() && reason && (reason !== "other" || note.trim());
  const call = () => isComplete && !isBusy && onDone({ number: number.trim().toUpperCase(), reason, ...(note.trim() ? { note: note.trim() } : {}) });
  return html`
    <p>${t("Nomor ini mendahului yang lain. Alasannya dicatat atas nama Anda.")}</p>
    <form class="ask-form" onSubmit=${submits(call)}>
      <label class="ask-field">${t("Nomor antrean")}
        <input value=${number} list="ask-waiting" autocomplete="off" autocapitalize="characters" maxlength="8" required onInput=${(event) => setNumber(event.target.value)} />
      </label>
      <datalist id="ask-waiting">${now.floor.waiting.map((ticket) => html`<option key=${ticket.number} value=${ticket.number}>${ticket.display_name}</option>`)}</datalist>
      <fieldset class="ask-reasons">
        <legend>${t("Alasan")}</legend>
        ${Object.entries(page.callReasons).map(([name, words]) => html`<label key=${name}><input type="radio" name="reason" value=${name} required checked=${reason === name} onChange=${() => setReason(name)} /> ${words}</label>`)}
      </fieldset>
      <${Note} words=${reason === "other" ? t("Keterangan") : t("Keterangan (boleh kosong)")} note=${note} isRequired=${reason === "other"} onNote=${setNote} />
      <button class="button" aria-disabled=${isBusy || !isComplete}>${t("Panggil nomor ini")}</button>
    </form>
  `;
}

const Emergency = ({ isBusy, onDone }) => html`
  <p>${t("Semua loket dan kepala kantor diberi tahu bahwa loket ini memerlukan bantuan sekarang.")}</p>
  <button class="button button-danger" aria-disabled=${isBusy} onClick=${() => isBusy || onDone({})}>${t("Ya, minta bantuan")} <kbd aria-hidden="true">Enter</kbd></button>
`;

const Note = ({ words, note, isRequired = false, onNote }) => html`
  <label class="ask-field">${words} <input value=${note} maxlength=${LONGEST_NOTE} required=${isRequired} autocomplete="off" onInput=${(event) => onNote(event.target.value)} /></label>
`;

const submits = (deed) => (event) => {
  event.preventDefault();
  deed();
};

/** What each `asks` of an action shows. */
export const ASKING = { more: More, hold: Hold, transfer: Transfer, outcome: Outcome, "resume-ticket": ResumeTicket, return: Return, "call-ticket": CallTicket, emergency: Emergency };
