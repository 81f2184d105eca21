// How long one waits, in words: 20–35 menit, as the server writes it.

import { durationWords } from "./durations.js";
import { t } from "./page.js";

const MOST_IN_MINUTES = 180;

/** Write a range of minutes; null where it cannot be told. */
export function waitWords(low, high) {
  if (low === null || high === null) return null;
  if (low === 0) return t("paling lama {duration}", { duration: durationWords(high) });
  if (high <= MOST_IN_MINUTES) return t("{low}–{high} menit", { low, high });
  return t("{low} sampai {high}", { low: durationWords(low), high: durationWords(high) });
}
