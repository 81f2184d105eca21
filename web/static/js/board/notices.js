// At which hours the office will not work: above the calls, until they are over or lifted.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { dayWords, hourWords, useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";

export function Notices({ notices }) {
  const now = useNow();
  const ahead = notices.filter((notice) => new Date(notice.ends_at) > now);
  if (!ahead.length) return null;
  return html`
    <section class="board-notices ${ahead.length > 1 ? "board-notices-many" : ""}" aria-label=${t("Pengumuman")}>
      ${ahead.map((notice) => html`<${Notice} key=${notice.begins_at} ...${{ notice, now }} />`)}
    </section>
  `;
}

const Notice = ({ notice, now }) => html`
  <p>
    <${Icon} name="calendar-x" />
    <span><b>${when(notice, now)}</b> ${why(notice)}. <span class="board-notice-hint">${t("Pemesanan pada jam itu tidak hangus.")}</span></span>
  </p>
`;

function when({ begins_at, ends_at }, now) {
  const [begins, ends] = [new Date(begins_at), new Date(ends_at)];
  const hours = { from: hourWords(begins, page), until: `${hourWords(ends, page)} ${page.zone}` };
  if (begins <= now) return t("Tidak ada pelayanan sampai {until}.", hours);
  const day = dayWords(begins, page);
  if (day === dayWords(now, page)) return t("Hari ini {from}–{until} tidak ada pelayanan.", hours);
  return t("{day}, {from}–{until} tidak ada pelayanan.", Object.assign({ day }, hours));
}

function why({ cause, note }) {
  if (cause === "holiday") return note ? t("Hari libur: {note}", { note }) : t("Hari libur");
  if (note) return note;
  if (cause === "hours") return t("Jam kerja kantor berubah");
  return cause === "suspended" ? t("Antrean daring dihentikan sementara") : t("Kantor tutup");
}
