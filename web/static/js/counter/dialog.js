// A dialog over the console. It takes the focus while it is open and gives it back afterwards (the browser does);
// Esc closes it, arrows go from one choice to the next, digits choose.

import { html, useLayoutEffect, useRef } from "../../vendor/htm-preact/standalone.module.js";
import { t } from "../page.js";
import { areKeysOn } from "./keys.js";

const TYPED_IN = "input:not([type=radio]), textarea, select";

/** `isMenu`: the console's own keys work in it, too. */
export function Dialog({ title, isMenu = false, onClose, children }) {
  const dialog = useRef(null);
  // Before the next key can come: one that was meant for the dialog must not reach the console.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown.showModal();
    return () => shown.close();
  }, []);
  return html`
    <dialog class="ask" ref=${dialog} data-menu=${isMenu ? "" : null} aria-labelledby="ask-title" onCancel=${onClose} onKeyDown=${onKey}>
      <h2 id="ask-title">${title}</h2>
      ${children}
      <button class="button button-quiet ask-close" onClick=${onClose}>${t("Kembali")} <kbd aria-hidden="true">Esc</kbd></button>
    </dialog>
  `;
}

/** Choices, each a button with its digit: `choices` are { name, words, hint }. */
export const Choices = ({ choices, isBusy, onChoose }) => html`
  <ol class="choices">
    ${choices.map(({ name, words, hint }, at) => html`
      <li key=${name}>
        <button class="button button-quiet" data-digit=${at + 1} aria-disabled=${isBusy} onClick=${() => isBusy || onChoose(name)}>
          <span>${words}${hint && html` <small>${hint}</small>`}</span> ${at < 9 && html`<kbd aria-hidden="true">${at + 1}</kbd>`}
        </button>
      </li>
    `)}
  </ol>
`;

function onKey(event) {
  if (event.target.closest(TYPED_IN) || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && event.target.type !== "radio") {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
    event.preventDefault();
  } else if (/^[1-9]$/.test(event.key) && !event.repeat && areKeysOn()) {
    event.currentTarget.querySelector(`[data-digit="${event.key}"]`)?.click();
  }
}
