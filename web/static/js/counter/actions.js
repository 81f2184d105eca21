// What an officer can do at a counter, with its key, and when it makes sense.

import { hourWords } from "../clock.js";
import { page, t } from "../page.js";

// As in services/checkin/domain/absence.py: the first call and one more.
const CALLS_BEFORE_NO_SHOW = 2;

const isOpen = (counter) => counter.state === "open";
const hasTicket = (counter) => counter.ticket !== null;

// The service has the last word on the time: the clock here may be wrong.
function noShowHint({ ticket }) {
  if (!ticket) return "";
  if (ticket.calls < CALLS_BEFORE_NO_SHOW) return t("sesudah panggil ulang");
  const hour = ticket.absent_from && hourWords(new Date(ticket.absent_from), { ...page, seconds: true });
  return hour ? t("mulai {hour}", { hour }) : "";
}

export const ACTIONS = [
  {
    name: "open", key: "b", icon: "door-open", label: () => t("Buka loket"),
    isPossible: (counter) => !isOpen(counter),
  },
  {
    name: "call", key: " ", icon: "megaphone", label: () => t("Panggil berikutnya"),
    isPossible: (counter) => isOpen(counter) && !hasTicket(counter),
  },
  {
    name: "finish", key: "s", icon: "check", label: () => t("Selesai"),
    isPossible: (counter) => isOpen(counter) && hasTicket(counter),
  },
  {
    name: "recall", key: "u", icon: "bell-ring", label: () => t("Panggil ulang"),
    isPossible: (counter) => isOpen(counter) && hasTicket(counter),
  },
  {
    name: "no-show", key: "d", icon: "ban", label: () => t("Tidak datang"),
    isPossible: (counter) => isOpen(counter) && hasTicket(counter) && counter.ticket.calls >= CALLS_BEFORE_NO_SHOW,
    hint: noShowHint,
    body: (counter) => ({ ticket_id: counter.ticket.ticket_id }),
  },
  {
    name: "close", key: "t", icon: "close", label: () => t("Tutup loket"),
    isPossible: (counter) => isOpen(counter) && !hasTicket(counter),
  },
];

/** How a key is called on the screen. */
export const keyName = (key) => (key === " " ? t("Spasi") : key.toUpperCase());

/** Return the action that comes next in the usual course of work: it stands first and is the largest. */
export const mainAction = (counter) => ACTIONS.find((action) => action.isPossible(counter));
