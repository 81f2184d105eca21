// The officer's console at a counter.

import { html, render, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { useNow } from "../clock.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { actionNamed } from "./actions.js";
import { ASKING } from "./asking.js";
import { useConsole } from "./console.js";
import { Dialog } from "./dialog.js";
import { detailsOf, emergenciesOf, queueOf, useFloor } from "./floor.js";
import { Help } from "./help.js";
import { useKeys } from "./keys.js";
import { Closed, Paused, Ticket, Unoccupied } from "./present.js";
import { Actions, Emergencies, Head, Line, Problem, Undo, Waiting } from "./view.js";

const HINT_MILLISECONDS = 4000;
const SLIP_MILLISECONDS = 2000;

function Console() {
  const { counter, board, pending, refusal, isLive, deed, act, clearEmergency, retry, forgive } = useConsole();
  const { floor, isKnown } = useFloor(board, counter);
  const [offer, setOffer] = useState({ services: page.services, steps: page.steps });
  const [asking, setAsking] = useState(null);
  const [isHelpShown, setIsHelpShown] = useState(false);
  const [hint, setHint] = useState(null);
  useNow();
  useKeptFocus();
  const now = counter && { counter, floor, held: floor.held, absent: floor.absent };
  const close = () => (setAsking(null), forgive());
  const done = async (doing) => (await doing) && setAsking(null);
  const performedAt = useRef(-Infinity);
  const onImpossible = (action) => {
    if (pending || performance.now() - performedAt.current < SLIP_MILLISECONDS) return; // the same key once more
    setHint({ words: whyNot(action), until: performance.now() + HINT_MILLISECONDS });
  };
  const perform = (action) => {
    setHint(null);
    performedAt.current = performance.now();
    if (!now || pending || !action.isPossible(now)) return;
    if (action.name === "emergency-over") {
      setAsking({ clearing: counter.counter });
    } else if (action.asks) {
      forgive();
      setAsking({ action, ticketId: counter.ticket?.ticket_id, sent: action.body?.(now) });
    } else {
      done(act(action, action.name === "open" ? offered(offer) : action.body?.(now)));
    }
  };
  const isOver = now !== null && asking !== null && isOutOfDate(asking, now);
  useEffect(() => {
    if (isOver) setAsking(null);
  }, [isOver]);
  useKeys(now, { perform, onImpossible, onHelp: () => setIsHelpShown(true) });
  const queue = now ? queueOf(floor, counter) : [];
  const waiting = isKnown || !now ? queue.length : counter.waiting;
  return html`
    <${Head} onHelp=${() => setIsHelpShown(true)} />
    <main class="console" id="isi" tabindex="-1" aria-busy=${pending !== null}>
      ${now && html`<${Emergencies} counters=${emergenciesOf(floor, counter)} onClear=${(number) => setAsking({ clearing: number })} />`}
      ${refusal && !asking && html`<${Problem} refusal=${refusal} onRetry=${retry} />`}
      ${!isLive && html`<p class="console-link" role="status"><${Icon} name="offline" /> ${t("Sambungan terputus; antrean di layar ini mungkin sudah berubah.")}</p>`}
      <div class="console-desk">
        <section class="console-present" aria-label=${t("Pemohon di loket")}>
          <div class="present">
            ${now ? html`<${Present} now=${now} waiting=${waiting} offer=${offer} onOffer=${setOffer} />` : html`<p class="console-loading">${refusal ? "" : t("Memuat…")}</p>`}
          </div>
          ${now && html`<${Undo} now=${now} deed=${deed} hint=${hint && hint.until > performance.now() ? hint.words : ""} pending=${pending} action=${actionNamed("undo")} onAction=${perform} />`}
        </section>
        <aside class="console-side">
          <${Waiting} waiting=${waiting} isKnown=${now !== null} />
          ${now && html`<${Actions} now=${now} pending=${pending} onAction=${perform} />`}
        </aside>
      </div>
      ${now && counter.state !== "closed" && html`<${Line} queue=${queue} held=${floor.held} />`}
    </main>
    ${asking && now && !isOver && html`<${Asked} key=${asking.action?.name ?? "clear"} asking=${asking} now=${now} pending=${pending} refusal=${refusal} onClose=${close} onAction=${perform} onDo=${(body) => done(act(asking.action, { ...asking.sent, ...body }))} onClear=${(number) => done(clearEmergency(number))} />`}
    <${Help} isShown=${isHelpShown} onClose=${() => setIsHelpShown(false)} />
  `;
}

// A key that does nothing now says so: an officer looks at the person, not at which buttons there are.
const whyNot = ({ name, label }) => name === "undo"
  ? t("Tidak ada yang dapat diurungkan: batasnya 10 detik.")
  : t("{action}: tidak dapat sekarang.", { action: label() });

// What is asked about a ticket is over when another, or none, is there.
const isOutOfDate = ({ action, ticketId }, now) => action !== undefined && (!action.isPossible(now) || now.counter.ticket?.ticket_id !== ticketId);

// Every step is none named: so also those of journeys that the office has no more.
const offered = ({ services, steps }) => ({ services, steps: steps.length === page.steps.length ? [] : steps });

function Present({ now: { counter, floor }, waiting, offer, onOffer }) {
  const isPaused = counter.state === "paused";
  if (counter.ticket) return html`<${Ticket} ticket=${counter.ticket} details=${detailsOf(floor, counter)} isPaused=${isPaused} />`;
  if (isPaused) return html`<${Paused} />`;
  return counter.state === "closed" ? html`<${Closed} offer=${offer} onOffer=${onOffer} />` : html`<${Unoccupied} waiting=${waiting} />`;
}

function Asked({ asking: { action, clearing }, now, pending, refusal, onClose, onAction, onDo, onClear }) {
  const isBusy = pending !== null;
  const isMenu = action?.asks === "more";
  const Content = action && ASKING[action.asks];
  return html`
    <${Dialog} title=${action ? action.label() : t("Bantuan sudah datang?")} isMenu=${isMenu} onClose=${onClose}>
      ${refusal && html`<${Problem} refusal=${refusal} />`}
      ${action
        ? html`<${Content} now=${now} isBusy=${isBusy} pending=${pending} onDone=${onDo} onAction=${onAction} />`
        : html`
            <p>${t("Panggilan bantuan loket {counter} diakhiri atas nama {officer}.", { counter: clearing, officer: page.officer })}</p>
            <button class="button" aria-disabled=${isBusy} onClick=${() => isBusy || onClear(clearing)}>${t("Ya, sudah ditangani")}</button>
          `}
    <//>
  `;
}

// What had the focus may be gone with the next answer: then the page has it, not the browser's frame.
function useKeptFocus() {
  const last = useRef(null);
  useEffect(() => {
    const onFocus = (event) => (last.current = event.target);
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, []);
  useEffect(() => {
    if (document.activeElement !== document.body || !last.current || last.current.isConnected) return;
    last.current = null;
    document.getElementById("isi").focus();
  });
}

render(html`<${Console} />`, document.getElementById("app"));
