// The number that was taken: large on the screen, with a code for the phone.

import { html } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { before, code, Paper, Print } from "./paper.js";
import { Result } from "./screens.js";

export const HallNumber = ({ admission, seconds, onDone }) => html`
  <${Result} tone="good" seconds=${seconds} onDone=${onDone} extra=${html`<${Print} />`}>
    <div class="hall-number">
      <div>
        <p class="result-kicker"><${Icon} name="circle-check" /> ${page.serviceNames[admission.service]}</p>
        <h1 class="result-title">
          <span class="result-label">${t("Nomor antrean Anda")}</span>
          <span class="result-number numerals">${admission.number}</span>
        </h1>
        <p class="result-waiting"><${Icon} name="users" /> ${before(admission)}</p>
        <p class="result-advice">${t("Silakan duduk, tunggu panggilan.")}</p>
      </div>
      <figure class="hall-number-code">
        <img src=${code(admission)} alt=${t("Kode QR ke halaman giliran Anda")} />
        <figcaption>${t("Pindai untuk melihat giliran Anda di ponsel")}</figcaption>
      </figure>
    </div>
    <${Paper} admission=${admission} />
  <//>
`;
