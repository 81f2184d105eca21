// What somebody may know before they take a number: how many wait for the service now.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { t } from "../page.js";

export const ExpectedWait = ({ today }) => html`
  <p class="expected-wait">
    <${Icon} name="users" />
    ${today.waiting ? t("{count} orang menunggu layanan ini", { count: today.waiting }) : t("Belum ada yang menunggu")}
  </p>
`;
