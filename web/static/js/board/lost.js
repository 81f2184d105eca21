// That what is shown may be old, and how old it is by now.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { ageWords, hourWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";

export function Lost({ heardAt }) {
  const now = useNow();
  return html`
    <section class="board-lost" aria-label=${t("Sambungan")}>
      <${Icon} name="offline" />
      <p role="alert">${t("Sambungan terputus sejak {hour}. Nomor di layar mungkin sudah berubah; dengarkan petugas.", { hour: hourWords(heardAt, page) })}</p>
      <p class="board-lost-age numerals">${ageWords(now - heardAt)}</p>
    </section>
  `;
}
