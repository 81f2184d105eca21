// What stays on the kiosk's screen: whose it is, the language, the hour, help.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";

export function Header() {
  const now = useNow();
  return html`
    <header class="kiosk-head">
      <p class="brand"><img src=${page.logo} alt="" width="44" height="44" /><span>${page.officeName}</span></p>
      <p class="kiosk-time">
        <span>${dayWords(now, page)}</span> <b class="numerals">${hourWords(now, page)} ${page.zone}</b>
      </p>
    </header>
  `;
}

export function Footer() {
  const other = page.locale === "id" ? { code: "en", name: "English" } : { code: "id", name: "Bahasa Indonesia" };
  return html`
    <footer class="kiosk-foot">
      <p><${Icon} name="help" /> ${t("Tidak punya ponsel atau tiket? Petugas membantu Anda.")}</p>
      <a class="button button-quiet" href="?lang=${other.code}" lang=${other.code}><${Icon} name="languages" /> ${other.name}</a>
    </footer>
  `;
}
