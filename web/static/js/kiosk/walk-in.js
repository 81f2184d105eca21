// Who has no ticket takes a number: which service, how many wait, of which class; then the number.
// Places and people who wait are told before anything is taken.

import { html, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask, Refusal } from "../api.js";
import { Icon } from "../icon.js";
import { page, t } from "../page.js";
import { ExpectedWait } from "./expected-wait.js";

const CLASSES = ["regular", "elderly", "disabled", "pregnant", "infant", "ill"];
const SECONDS_WITHOUT_TOUCH = 45;
const WALK_INS = `/v1/offices/${page.office}/walk-ins`;
const TRIES = 3;
const TRY_AGAIN_MILLISECONDS = 1000;
const UNANSWERED = new Set(["offline", "no_answer", "outcome_unknown", "service_unavailable", "overloaded"]);

export function WalkIn({ onTake, onRefused, onBack }) {
  const [today, setToday] = useState(null);
  const [service, setService] = useState(null);
  useEffect(() => void ask(WALK_INS).then(setToday, onRefused), []);
  useReturnWithoutTouch(onBack);
  useEscape(service ? () => setService(null) : onBack);
  if (today === null) return html`<main class="screen screen-sending"><span class="spinner" aria-hidden="true"></span></main>`;
  const chosen = today.services.find((one) => one.service === service);
  return chosen
    ? html`<${Confirmation} chosen=${chosen} onBack=${() => setService(null)} onTake=${onTake} />`
    : html`<${Services} today=${today} onChoose=${setService} onBack=${onBack} />`;
}

/** Ask for a number, again with the same request while nobody answered: a number is never taken twice. */
export async function takeNumber(wish) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask(WALK_INS, wish);
    } catch (refusal) {
      if (!UNANSWERED.has(refusal.code)) throw refusal;
      if (tried === TRIES) throw refusal.code === "offline" ? refusal : new Refusal({ ...refusal, code: "number_not_taken" });
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MILLISECONDS));
    }
  }
}

function Services({ today, onChoose, onBack }) {
  const isAnyFull = today.services.some((one) => one.places_left === 0);
  return html`
    <${Screen} title=${t("Ambil nomor tanpa tiket")}>
      ${today.services.length === 0 && html`<p class="screen-lead">${t("Saat ini kantor tidak melayani antrean langsung. Pesan hari lain di web, atau tanyakan kepada petugas.")}</p>`}
      <ul class="walk-in-services">
        ${today.services.map((one) => html`<li key=${one.service}><${Service} one=${one} onChoose=${onChoose} /></li>`)}
      </ul>
      ${isAnyFull && html`<p class="walk-in-note"><${Icon} name="info" /> ${t("Yang penuh: pesan hari lain di web atau masuk daftar tunggu. Petugas dapat membantu.")}</p>`}
      <div class="walk-in-actions"><${Back} onBack=${onBack} /></div>
    <//>
  `;
}

function Service({ one, onChoose }) {
  const isFull = one.places_left === 0;
  return html`
    <button class="walk-in-service" disabled=${isFull} onClick=${() => onChoose(one.service)}>
      <b>${page.serviceNames[one.service]}</b>
      <span class=${isFull ? "walk-in-full" : ""}>${isFull ? t("Penuh untuk hari ini") : t("{count} tempat lagi", { count: one.places_left })}</span>
      <span><${Icon} name="users" /> ${t("{count} orang menunggu", { count: one.waiting })}</span>
    </button>
  `;
}

function Confirmation({ chosen, onBack, onTake }) {
  const [priority, setPriority] = useState("regular");
  const request = useRef(newRequest());
  const take = () => onTake({ request_id: request.current, for_service: chosen.service, priority });
  return html`
    <${Screen} title=${page.serviceNames[chosen.service]}>
      <${ExpectedWait} today=${chosen} />
      <fieldset class="walk-in-classes">
        <legend>${t("Anda termasuk yang mana? Petugas memeriksanya.")}</legend>
        ${CLASSES.map(
          (code) => html`
            <label class="walk-in-class" key=${code}>
              <input type="radio" name="class" value=${code} checked=${code === priority} onChange=${() => setPriority(code)} />
              <span>${page.classNames[code]}</span>
            </label>
          `,
        )}
      </fieldset>
      <div class="walk-in-actions">
        <${Back} onBack=${onBack} />
        <button class="button button-accent button-huge" onClick=${take}><${Icon} name="ticket" /> ${t("Ambil nomor")}</button>
      </div>
    <//>
  `;
}

function Screen({ title, children }) {
  const heading = useRef(null);
  useEffect(() => heading.current.focus(), []);
  return html`<main class="screen screen-walk-in"><h1 ref=${heading} tabindex="-1">${title}</h1>${children}</main>`;
}

const Back = ({ onBack }) => html`<button class="button button-on-dark button-huge" onClick=${onBack}>${t("Kembali")}</button>`;

// Not crypto.randomUUID: a kiosk may come over plain http in its own network, where browsers hide it.
const newRequest = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function useReturnWithoutTouch(onBack) {
  useEffect(() => {
    let timer;
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(onBack, SECONDS_WITHOUT_TOUCH * 1000);
    };
    const touches = ["pointerdown", "keydown"];
    for (const touch of touches) document.addEventListener(touch, begin);
    begin();
    return () => {
      clearTimeout(timer);
      for (const touch of touches) document.removeEventListener(touch, begin);
    };
  }, []);
}

function useEscape(onBack) {
  const present = useRef(onBack);
  present.current = onBack;
  useEffect(() => {
    const onKey = (event) => event.key === "Escape" && present.current();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
