// How each refusal looks on the kiosk, and what the person can do next. The sentences themselves come
// from the API, in the page's language, but for what never reaches it, for what is shown large, and where the
// API speaks to somebody at a form.

import { dayWords, hourWords } from "../clock.js";
import { page, t } from "../page.js";

const ASK = () => t("Bila ragu, tanyakan kepada petugas. Anda tetap dilayani.");
const TOLD = () => null; // all there is to do is said already

const hour = (instant) => hourWords(new Date(instant), page);
const day = (date) => dayWords(new Date(`${date}T12:00Z`), { ...page, timezone: "UTC" });

const UNANSWERED = {
  icon: "hourglass",
  tone: "warn",
  title: () => t("Belum ada jawaban."),
  detail: () => t("Tempelkan tiket sekali lagi. Nomor Anda tidak akan ganda."),
  next: ASK,
};

const OFFICER = {
  icon: "log-in",
  tone: "halt",
  title: () => t("Kios ini belum siap."),
  detail: () => t("Mintalah nomor antrean kepada petugas. Tiket Anda tetap berlaku."),
  next: () => t("Petugas: masukkan lagi kios ini."),
};

// What the API told of it is large: a number to keep, an hour, a place. Without it there are only its sentences.
const LARGE = {
  already_scanned: {
    icon: "circle-check",
    tone: "calm",
    title: () => t("Anda sudah masuk antrean"),
    large: ({ number }) => number && { label: t("Nomor antrean Anda"), words: number, form: "number" },
    detail: () => t("Silakan duduk, tunggu panggilan."),
    next: TOLD,
  },
  already_called: {
    icon: "bell-ring",
    tone: "calm",
    title: () => t("Anda sedang dipanggil"),
    large: ({ counter }) => counter && { label: t("Silakan ke"), words: t("Loket {counter}", { counter }), form: "hour" },
    detail: ({ number }) => t("Nomor antrean Anda {number}", { number }),
    next: TOLD,
  },
  too_early: {
    icon: "hourglass",
    tone: "warn",
    title: () => t("Anda datang terlalu awal"),
    large: ({ come_back_at: at }) => at && { label: t("Datang lagi pukul"), words: `${hour(at)} ${page.zone}`, form: "hour", clock: at },
    detail: ({ starts_at: at }) => t("Jadwal Anda pukul {hour}. Tiket Anda tetap berlaku.", { hour: hour(at) }),
    next: TOLD,
  },
  too_late: {
    icon: "calendar-x",
    tone: "warn",
    title: ({ starts_at: from, ends_at: until }) =>
      from ? t("Jadwal Anda pukul {from}–{until} sudah lewat", { from: hour(from), until: hour(until) }) : null,
    large: ({ starts_at: from }) => from && { words: t("Buat jadwal baru"), form: "words" },
    detail: () => t("Pesan lagi di ponsel, atau minta petugas memesankannya."),
    next: TOLD,
  },
  ticket_other_office: {
    icon: "pin",
    tone: "warn",
    title: () => t("Tiket ini untuk kantor lain"),
    large: ({ office_name: name }) => name && { label: t("Silakan datang ke"), words: name, form: "words" },
    detail: ({ distance_km: km }) => km && t("{km} km dari sini (garis lurus)", { km }),
    next: ASK,
  },
  ticket_other_day: {
    icon: "calendar",
    tone: "warn",
    title: ({ is_past: isPast }) => (isPast ? t("Hari kedatangan Anda sudah lewat") : t("Tiket ini untuk hari lain")),
    large: ({ date, is_past: isPast }) => date && { label: isPast ? t("Jadwal Anda") : t("Silakan datang"), words: day(date), form: "words" },
    detail: ({ starts_at: at }) => at && t("Pukul {hour}", { hour: `${hour(at)} ${page.zone}` }),
    next: ({ is_past: isPast }) =>
      isPast ? t("Pesan jadwal baru di ponsel, atau minta tolong petugas.") : t("Simpan tiket ini, dan tempelkan lagi di sini pada hari itu."),
  },
};

const LOOKS = {
  ...LARGE,
  visit_over: { icon: "circle-check", tone: "calm", next: TOLD },
  absent_again: { icon: "help", tone: "warn", next: ASK },
  incomplete_read: {
    icon: "scan",
    tone: "warn",
    title: () => t("Tiket terbaca tidak lengkap, tempelkan sekali lagi."),
    detail: () => t("Tahan tiket di depan alat pembaca sampai terdengar bunyi."),
    next: TOLD,
  },
  ticket_tampered: { icon: "scan", tone: "warn", next: () => t("Buka tiket di ponsel, terangkan layarnya, lalu tempelkan kode QR-nya.") },
  unknown_ticket: { icon: "search", tone: "warn", next: TOLD, isTypedAgain: true },
  ticket_expired: { icon: "hourglass", tone: "warn", next: ASK },
  booking_cancelled: { icon: "ban", tone: "warn", next: ASK },
  not_signed_in: OFFICER,
  session_expired: OFFICER,
  session_revoked: OFFICER,
  bad_token: OFFICER,
  offline: { icon: "offline", tone: "warn", detail: () => t("Mintalah nomor antrean kepada petugas."), next: TOLD },
  overloaded: {
    icon: "hourglass",
    tone: "warn",
    title: () => t("Sistem sedang ramai."),
    detail: () => t("Tunggu sebentar, lalu tempelkan tiket sekali lagi."),
    next: ASK,
  },
  no_answer: UNANSWERED,
  outcome_unknown: UNANSWERED,
  service_unavailable: UNANSWERED,
  internal: {
    icon: "warning",
    tone: "warn",
    detail: () => t("Mintalah nomor antrean kepada petugas. Tiket Anda tetap berlaku."),
    next: ({ instance }) => (instance ? t("Nomor kejadian untuk petugas: {number}", { number: instance }) : null),
  },
};

/**
 * Return { icon, tone, title, large, detail, next, isTypedAgain } for a refusal: `tone` is calm, warn or halt (an
 * officer is needed), `large` what is read first ({ label, words, form, clock }) where there is such a thing,
 * `isTypedAgain` that the code was mistyped.
 */
export function lookOf(refusal) {
  const look = LOOKS[refusal.code] ?? { icon: "warning", tone: "warn", next: ASK };
  const data = refusal.data ?? {};
  const large = look.large?.(data);
  const speaks = large || !look.large;
  return {
    ...look,
    large,
    title: (speaks && look.title?.(data)) || refusal.title,
    detail: speaks && look.detail ? look.detail(data) : refusal.detail,
    next: look.next(data),
  };
}
