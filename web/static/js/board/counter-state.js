// What a counter's state means to who waits. A state that this page does not know yet is shown as one without
// a number: an older page must not stop where a newer system says more.

import { t } from "../page.js";

/** Tell whether somebody is called to this counter now or may be next. */
export const isAtWork = (counter) => counter.state === "open";

/** The number at a counter, or why there is none. */
export function counterWords(counter) {
  if (counter.state === "closed") return t("Tutup");
  if (counter.number) return counter.number;
  if (counter.state === "paused") return t("Istirahat");
  return counter.state === "open" ? t("Siap") : "–";
}
