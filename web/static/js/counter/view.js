// The parts of the console around the ticket.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { hourWords } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { minutesSince, secondsUntil } from "../server-clock.js";
import { frontActions, keyName } from "./actions.js";

const SIGN_IN_CODES = new Set(["not_signed_in", "session_expired", "session_revoked", "bad_token"]);
const SHOWN_IN_LINE = 5;
const UNDO_SECONDS = 10; // as in services/checkin/domain/counter.py; the clocks differ by less than one

export const Head = ({ onHelp }) => html`
  <header class="console-head">
    <h1><span class="console-office">${page.officeName}</span> ${t("Loket")} ${page.counter}</h1>
    <p class="console-officer"><${Icon} name="person" /> ${page.officer}</p>
    <button class="button button-quiet" onClick=${onHelp} aria-keyshortcuts="?"><${Icon} name="keyboard" /> ${t("Bantuan")} <kbd aria-hidden="true">?</kbd></button>
    <a class="button button-quiet" href="/loket/${page.office}">${t("Ganti loket")}</a>
  </header>
`;

export const Waiting = ({ waiting, isKnown }) => html`
  <p class="waiting"><b class="numerals">${isKnown ? waiting : "–"}</b> <span>${t("menunggu")}</span></p>
`;

/** A button is never taken away from under the focus by being disabled: it only says that it does nothing. */
export function ActionButton({ action, now, pending, isMain = false, onAction }) {
  const isPossible = pending === null && action.isPossible(now);
  const hint = action.hint?.(now);
  const onClick = (event) => {
    if (event.detail > 1) return; // the second half of a double click is meant for no button
    if (event.detail) event.currentTarget.blur(); // after a mouse click the space bar calls again
    if (isPossible) onAction(action);
  };
  return html`
    <button class="button ${isMain ? "button-main" : "button-quiet"}" aria-disabled=${!isPossible} aria-keyshortcuts=${action.key === " " ? "Space" : action.key} onClick=${onClick}>
      <${Icon} name=${action.icon} /> <span>${action.label()}${hint && html` <small>${hint}</small>`}</span>
      <kbd aria-hidden="true">${pending === action.name ? "…" : keyName(action.key)}</kbd>
    </button>
  `;
}

export const Actions = ({ now, pending, onAction }) => html`
  <ul class="actions-list">
    ${frontActions(now).map((action, at) => html`
      <li key=${action.name}><${ActionButton} action=${action} now=${now} pending=${pending} isMain=${at === 0} onAction=${onAction} /></li>
    `)}
  </ul>
`;

/** What was done last, for as long as it can be undone, or a hint. Readers hear it once, not every second. */
export function Undo({ now, deed, hint, pending, action, onAction }) {
  const seconds = Math.min(UNDO_SECONDS, secondsUntil(now.counter.undo_until));
  if (!seconds) return html`<div class="undo">${hint && html`<p role="status">${hint}</p>`}</div>`;
  return html`
    <div class="undo">
      <p role="status">${hint || deed || t("Tindakan terakhir")}</p>
      <button class="button button-quiet" aria-disabled=${pending !== null} aria-keyshortcuts="z" onClick=${() => onAction(action)}>
        <${Icon} name="undo" /> ${t("Urungkan")} <kbd aria-hidden="true">Z</kbd> <span class="undo-seconds numerals" aria-hidden="true">${t("{seconds} dtk", { seconds })}</span>
      </button>
    </div>
  `;
}

/** Who is next, and who is put aside. */
export const Line = ({ queue, held }) => html`
  <section class="line" aria-label=${t("Antrean loket ini")}>
    <h2>${t("Berikutnya")}</h2>
    ${queue.length === 0
      ? html`<p class="line-none">${t("Tidak ada yang menunggu untuk loket ini.")}</p>`
      : html`<ol class="line-list">${queue.slice(0, SHOWN_IN_LINE).map((ticket) => html`<${InLine} key=${ticket.ticket_id} ticket=${ticket} kind=${kindWords(ticket, queue)} />`)}</ol>`}
    ${held.length > 0 && html`
      <h2><${Icon} name="hourglass" /> ${t("Ditunda")}</h2>
      <ul class="line-list">
        ${held.map((ticket) => html`
          <li key=${ticket.ticket_id} class="line-one line-held"><b class="numerals">${ticket.number}</b> <span>${ticket.display_name ?? ""}</span> ${ticket.note && html`<small>${ticket.note}</small>`}</li>
        `)}
      </ul>
    `}
  </section>
`;

// What all have in common is not said of each.
function kindWords(ticket, queue) {
  const differs = (name) => queue.some((one) => one[name] !== ticket[name]);
  return [differs("service") && page.serviceNames[ticket.service], differs("step") && page.stepNames[ticket.step]].filter(Boolean).join(", ");
}

const InLine = ({ ticket, kind }) => html`
  <li class="line-one">
    <b class="numerals">${ticket.number}</b> <span>${ticket.display_name ?? ""}</span>
    <small>
      ${kind && `${kind} · `}${t("{minutes} menit", { minutes: minutesSince(ticket.waiting_since) })}
      ${ticket.priority !== "regular" && html`<strong>${page.classNames[ticket.priority]}</strong>`}
      ${ticket.for_counter && html`<strong>${t("khusus loket ini")}</strong>`}
    </small>
  </li>
`;

export const Emergencies = ({ counters, onClear }) =>
  counters.length > 0 &&
  html`
    <div class="alarms" role="alert">
      ${counters.map((one) => html`
        <p key=${one.counter} class="alarm">
          <${Icon} name="alert" />
          <b>${one.counter === page.counter ? t("Anda meminta bantuan di loket ini") : t("Loket {counter} meminta bantuan", { counter: one.counter })}</b>
          <span>${t("sejak {hour}", { hour: hourWords(new Date(one.emergency_since), page) })}</span>
          <button class="button button-quiet" aria-keyshortcuts=${one.counter === page.counter ? "e" : null} onClick=${() => onClear(one.counter)}>${t("Bantuan sudah datang")}${one.counter === page.counter && html` <kbd aria-hidden="true">E</kbd>`}</button>
        </p>
      `)}
    </div>
  `;

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
          : onRetry && (refusal.status === 0 || refusal.status >= 500)
            ? html`<button class="button button-quiet" onClick=${onRetry}><${Icon} name="refresh" /> ${t("Periksa lagi")}</button>`
            : null}
      </div>
    </div>
  `;
}
