// The booking code, typed: on the screen or on a keyboard. The office's letters are there already.

import { html, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { Icon } from "../icon.js";
import { t } from "../page.js";
import { SECONDS_WITHOUT_TYPING } from "./states.js";

const KEYS = [..."1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const OFFICE_LETTERS = 3;
const LETTERS = 9;

export function Typing({ office, onCode, onBack }) {
  const [typed, setTyped] = useState(office);
  const isWhole = typed.length === LETTERS;
  const add = (key) => setTyped((now) => (now + key).slice(0, LETTERS));
  const rub = () => setTyped((now) => now.slice(0, -1));
  const send = () => onCode(`${typed.slice(0, OFFICE_LETTERS)}-${typed.slice(OFFICE_LETTERS)}`);
  useReturnWithoutTyping(typed, onBack);
  useKeyboard({ add, rub, onBack, send: isWhole ? send : null });
  return html`
    <main class="screen screen-typing">
      <h1>${t("Ketik kode tiket")}</h1>
      <p class="typed" role="status" aria-label=${t("Kode: {code}", { code: [...typed].join(" ") })}>
        ${Array.from({ length: LETTERS }, (_, place) => html`<${Letter} typed=${typed} place=${place} />`)}
      </p>
      <div class="keys" role="group" aria-label=${t("Huruf dan angka")}>
        ${KEYS.map((key) => html`<button class="key" key=${key} onClick=${() => add(key)}>${key}</button>`)}
      </div>
      <div class="typing-actions">
        <button class="button button-on-dark button-huge" onClick=${onBack}>${t("Kembali")}</button>
        <button class="button button-on-dark button-huge" onClick=${rub}><${Icon} name="arrow-left" /> ${t("Hapus")}</button>
        <button class="button button-accent button-huge" disabled=${!isWhole} onClick=${send}>${t("Lanjut")} <${Icon} name="arrow-right" /></button>
      </div>
    </main>
  `;
}

const Letter = ({ typed, place }) => html`
  <span class="letter ${place === typed.length ? "letter-next" : ""} ${place === OFFICE_LETTERS ? "letter-apart" : ""}" aria-hidden="true">
    ${typed[place] ?? ""}
  </span>
`;

function useReturnWithoutTyping(typed, onBack) {
  useEffect(() => {
    const timer = setTimeout(onBack, SECONDS_WITHOUT_TYPING * 1000);
    return () => clearTimeout(timer);
  }, [typed]);
}

// Enter is for the button that has the focus, until the code is whole: then a letter's button is done with.
function useKeyboard(actions) {
  const present = useRef(null);
  present.current = actions;
  useEffect(() => {
    const onKey = (event) => {
      const { add, rub, send, onBack } = present.current;
      const key = event.key.toUpperCase();
      if (KEYS.includes(key)) add(key);
      else if (event.key === "Backspace") rub();
      else if (event.key === "Escape") onBack();
      else if (event.key === "Enter" && send && !event.target.closest(".typing-actions")) {
        event.preventDefault();
        send();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
