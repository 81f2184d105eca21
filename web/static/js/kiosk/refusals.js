// How each refusal looks on the kiosk, and what the person can do next. The sentences themselves come
// from the API, in the page's language, but for what never reaches it.

import { t } from "../page.js";

const ASK = () => t("Bila ragu, tanyakan kepada petugas. Anda tetap dilayani.");
const AGAIN = () => t("Tempelkan tiket sekali lagi.");

const TOLD = () => null; // the API has said all there is to do

const OFFICER = {
  icon: "log-in",
  tone: "halt",
  title: () => t("Kios ini belum siap."),
  detail: () => t("Mintalah nomor antrean kepada petugas. Tiket Anda tetap berlaku."),
  next: () => t("Petugas: masukkan lagi kios ini."),
};

const LOOKS = {
  already_scanned: { icon: "circle-check", tone: "calm", next: () => t("Silakan duduk. Nomor Anda tetap berlaku.") },
  already_called: { icon: "bell-ring", tone: "calm", next: TOLD },
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
  ticket_other_office: { icon: "pin", tone: "warn", next: ASK },
  ticket_other_day: { icon: "calendar", tone: "warn", next: ASK },
  booking_cancelled: { icon: "ban", tone: "warn", next: ASK },
  not_signed_in: OFFICER,
  session_expired: OFFICER,
  session_revoked: OFFICER,
  bad_token: OFFICER,
  offline: { icon: "offline", tone: "warn", detail: () => t("Mintalah nomor antrean kepada petugas."), next: TOLD },
  overloaded: { icon: "hourglass", tone: "warn", next: () => t("Tiket Anda tetap berlaku. Tempelkan sekali lagi sebentar lagi.") },
  no_answer: { icon: "hourglass", tone: "warn", next: AGAIN },
  outcome_unknown: { icon: "hourglass", tone: "warn", next: AGAIN },
  service_unavailable: { icon: "hourglass", tone: "warn", next: AGAIN },
};

/**
 * Return { icon, tone, title, detail, next, isTypedAgain } for a refusal: `tone` is calm, warn or halt (an officer
 * is needed), `isTypedAgain` that the code was mistyped.
 */
export function lookOf(refusal) {
  const look = LOOKS[refusal.code] ?? { icon: "warning", tone: "warn", next: ASK };
  return {
    ...look,
    title: look.title?.() ?? refusal.title,
    detail: look.detail?.() ?? refusal.detail,
    next: look.next(),
  };
}
