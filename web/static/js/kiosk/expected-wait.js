// What somebody may know before they take a number, and once they have it: how many wait, and for how long.

import { html, useEffect, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { waitWords } from "../wait-words.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";

export const ExpectedWait = ({ today }) => html`
  <p class="expected-wait">
    <${Icon} name="users" />
    ${today.waiting ? t("{count} orang menunggu layanan ini", { count: today.waiting }) : t("Belum ada yang menunggu")}
  </p>
  <${WaitRange} service=${today.service} />
`;

/** How long who comes now waits, as the office's page tells it; nothing where nobody can know it, or it is not told. */
export function WaitRange({ service, look = "expected-range" }) {
  const [words, setWords] = useState(null);
  useEffect(() => {
    // It helps to choose, and is no reason to refuse a number: without an answer the screen says what it knows.
    ask(`/v1/offices/${page.office}/waiting`).then(
      ({ services }) => setWords(wordsOf(services.find((one) => one.service === service))),
      () => setWords(null),
    );
  }, [service]);
  return words && html`<p class=${look}><${Icon} name="hourglass" /> ${t("Perkiraan menunggu: {wait}", { wait: words })}</p>`;
}

function wordsOf(told) {
  return told ? waitWords(told.low_minutes, told.high_minutes) : null;
}
