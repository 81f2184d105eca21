// The officer's console at a counter.

import { html, render, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { useConsole } from "./console.js";
import { Help } from "./help.js";
import { actionOf } from "./keys.js";
import { Actions, Closed, Problem, Ticket, Unoccupied, Waiting } from "./view.js";

function Console() {
  const { counter, waiting, pending, refusal, isLive, act, retry } = useConsole();
  const [offered, setOffered] = useState(page.services);
  const [isHelpShown, setIsHelpShown] = useState(false);
  const perform = (action) => {
    if (counter && !pending && action.isPossible(counter)) act(action, action.name === "open" ? { services: offered } : action.body?.(counter));
  };
  useKeys(perform, () => setIsHelpShown(true));
  return html`
    <${Head} onHelp=${() => setIsHelpShown(true)} />
    <main class="console" id="isi" aria-busy=${pending !== null}>
      ${refusal && html`<${Problem} refusal=${refusal} onRetry=${retry} />`}
      ${!isLive && html`<p class="console-link" role="status"><${Icon} name="offline" /> ${t("Sambungan terputus; jumlah yang menunggu mungkin sudah berubah.")}</p>`}
      <section class="console-present" aria-live="polite" aria-label=${t("Pemohon di loket")}>
        ${!counter && html`<p class="console-loading">${refusal ? "" : t("Memuat…")}</p>`}
        ${counter?.state === "closed" && html`<${Closed} offered=${offered} onOffer=${setOffered} />`}
        ${counter?.state === "open" && !counter.ticket && html`<${Unoccupied} waiting=${waiting} />`}
        ${counter?.ticket && html`<${Ticket} ticket=${counter.ticket} />`}
      </section>
      <aside class="console-side">
        <${Waiting} waiting=${waiting} isKnown=${counter !== null} />
        ${counter && html`<${Actions} counter=${counter} pending=${pending} onAction=${perform} />`}
      </aside>
    </main>
    <${Help} isShown=${isHelpShown} onClose=${() => setIsHelpShown(false)} />
  `;
}

const Head = ({ onHelp }) => html`
  <header class="console-head">
    <h1><span class="console-office">${page.officeName}</span> ${t("Loket")} ${page.counter}</h1>
    <p class="console-officer"><${Icon} name="person" /> ${page.officer}</p>
    <button class="button button-quiet" onClick=${onHelp}><${Icon} name="keyboard" /> ${t("Bantuan")} <kbd>?</kbd></button>
    <a class="button button-quiet" href="/loket/${page.office}">${t("Ganti loket")}</a>
  </header>
`;

// The listener stays; what it calls is always of the present render, so that no key falls between two.
function useKeys(perform, onHelp) {
  const present = useRef(null);
  present.current = { perform, onHelp };
  useEffect(() => {
    const onKey = (event) => {
      if (event.key === "?" && !event.target.closest("input, dialog")) return present.current.onHelp();
      const action = actionOf(event);
      if (!action) return undefined;
      event.preventDefault();
      return present.current.perform(action);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

render(html`<${Console} />`, document.getElementById("app"));
