// What an officer can do at a counter, with its key, and when it makes sense.
//
//     name    how the console calls it; `paths` are the requests that it is, its own name when there is none
//     place   "front" stands beside the ticket, "more" in the menu of rare ones, "none" elsewhere on the page
//     asks    the dialog that comes first; what is chosen there is the request's body
//     body    what is sent in any case: which ticket is meant, as another may be there by now
//     rests   for how many seconds the same key again is taken for a slip of the finger

import { page, t } from "../page.js";
import { secondsUntil } from "../server-clock.js";

// As in services/checkin/domain/absence.py: the first call and one more, ten seconds apart.
const CALLS_BEFORE_NO_SHOW = 2;
const RECALL_AFTER_MILLISECONDS = 10000;

const isOpen = ({ counter }) => counter.state === "open";
const isStaffed = ({ counter }) => counter.state !== "closed";
const hasTicket = ({ counter }) => counter.ticket !== null;
const isFree = (now) => isOpen(now) && !hasTicket(now);
const isServing = (now) => isStaffed(now) && hasTicket(now);

const meant = ({ counter }) => ({ ticket_id: counter.ticket.ticket_id });

const recallFrom = (ticket) => new Date(Date.parse(ticket.called_at) + RECALL_AFTER_MILLISECONDS).toISOString();

function recallHint({ counter }) {
  const seconds = counter.ticket ? secondsUntil(recallFrom(counter.ticket)) : 0;
  return seconds ? t("{seconds} detik lagi", { seconds }) : "";
}

function noShowHint({ counter: { ticket } }) {
  if (!ticket) return "";
  if (ticket.calls < CALLS_BEFORE_NO_SHOW) return t("sesudah panggil ulang");
  const seconds = secondsUntil(ticket.absent_from);
  return seconds ? t("{seconds} detik lagi", { seconds }) : "";
}

export const ACTIONS = [
  { name: "open", key: "b", icon: "door-open", place: "front", label: () => t("Buka loket"), isPossible: (now) => !isStaffed(now) },
  { name: "resume", key: "j", icon: "door-open", place: "front", label: () => t("Lanjut melayani"), isPossible: ({ counter }) => counter.state === "paused" },
  { name: "call", key: " ", icon: "megaphone", place: "front", label: () => t("Panggil berikutnya"), isPossible: isFree },
  { name: "finish", key: "s", icon: "check", place: "front", label: () => t("Selesai"), isPossible: isServing, body: meant },
  {
    name: "finish-and-call", key: "n", icon: "chevron-right", place: "front", paths: ["finish", "call"], rests: 2,
    label: () => t("Selesai lalu panggil"), isPossible: (now) => isOpen(now) && hasTicket(now),
    body: meant,
  },
  {
    name: "recall", key: "u", icon: "bell-ring", place: "front", label: () => t("Panggil ulang"), hint: recallHint,
    isPossible: (now) => isServing(now) && !recallHint(now), isShown: isServing,
  },
  {
    name: "no-show", key: "d", icon: "ban", place: "front", label: () => t("Tidak datang"), hint: noShowHint,
    isPossible: (now) => isServing(now) && !noShowHint(now), isShown: isServing,
    body: meant,
  },
  { name: "close", key: "t", icon: "close", place: "front", label: () => t("Tutup loket"), isPossible: (now) => isStaffed(now) && !hasTicket(now) },
  { name: "more", key: "l", icon: "more", place: "front", asks: "more", label: () => t("Lainnya"), isPossible: () => true },
  { name: "hold", key: "h", icon: "hourglass", place: "more", asks: "hold", label: () => t("Tunda"), isPossible: isServing, body: meant },
  { name: "transfer", key: "a", icon: "arrow-right", place: "more", asks: "transfer", label: () => t("Alihkan"), isPossible: isServing, body: meant },
  { name: "outcome", key: "k", icon: "circle-check", place: "more", asks: "outcome", paths: ["finish"], label: () => t("Selesai dengan hasil lain"), isPossible: isServing, body: meant },
  {
    name: "resume-ticket", key: "r", icon: "refresh", place: "more", asks: "resume-ticket", label: () => t("Lanjutkan yang ditunda"),
    isPossible: (now) => isFree(now) && now.held.length > 0,
  },
  {
    name: "return", key: "m", icon: "person", place: "more", asks: "return", label: () => t("Yang tadi tidak hadir, kini datang"),
    isPossible: (now) => isStaffed(now) && now.absent.length > 0,
  },
  {
    name: "call-ticket", key: "c", icon: "search", place: "more", asks: "call-ticket", label: () => t("Panggil nomor tertentu"),
    isPossible: (now) => page.role === "head" && isFree(now),
  },
  { name: "pause", key: "j", icon: "hourglass", place: "more", label: () => t("Jeda loket"), isPossible: isOpen },
  {
    name: "emergency", key: "e", icon: "alert", place: "more", asks: "emergency", label: () => t("Minta bantuan darurat"),
    isPossible: ({ counter }) => counter.emergency_since === null,
  },
  {
    name: "emergency-over", key: "e", icon: "alert", place: "none", label: () => t("Bantuan sudah datang"),
    isPossible: ({ counter }) => counter.emergency_since !== null,
  },
  { name: "undo", key: "z", icon: "undo", place: "none", label: () => t("Urungkan"), isPossible: ({ counter }) => secondsUntil(counter.undo_until) > 0 },
];

/** What the officer is told of a deed that can be undone; `{number}` is the ticket's. */
export const DEEDS = {
  call: () => t("{number} dipanggil"),
  "call-ticket": () => t("{number} dipanggil"),
  "resume-ticket": () => t("{number} dilanjutkan"),
  finish: () => t("{number} selesai"),
  hold: () => t("{number} ditunda"),
  transfer: () => t("{number} dialihkan"),
  "no-show": () => t("{number} tidak datang"),
};

/** How a key is called on the screen. */
export const keyName = (key) => (key === " " ? t("Spasi") : key.toUpperCase());

/** Return an action by its name. */
export const actionNamed = (name) => ACTIONS.find((action) => action.name === name);

/** Return what stands beside the ticket now; the first is what comes next in the usual course of work. */
export const frontActions = (now) => ACTIONS.filter((action) => action.place === "front" && (action.isShown ?? action.isPossible)(now));

/** Return what the menu of rare actions has now. */
export const moreActions = (now) => ACTIONS.filter((action) => action.place === "more" && action.isPossible(now));
