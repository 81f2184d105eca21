// All keys at a glance, and the switch for those who do not want them.

import { html, useLayoutEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { t } from "../page.js";
import { ACTIONS, keyName } from "./actions.js";
import { areKeysOn, switchKeys } from "./keys.js";

const KEYS = [...new Set(ACTIONS.map(({ key }) => key))];

// A key of two actions does whichever is possible: it pauses, and goes on after the pause.
const meaningOf = (key) => ACTIONS.filter((action) => action.key === key).map(({ label }) => label()).join(" / ");

export function Help({ isShown, onClose }) {
  const dialog = useRef(null);
  const leave = useRef(null);
  const [isOn, setIsOn] = useState(areKeysOn);
  useLayoutEffect(() => {
    if (isShown) {
      dialog.current.showModal();
      // Not the switch, which comes first: the space bar, meant for the next call, would turn all keys off.
      leave.current.focus();
    } else dialog.current.close();
  }, [isShown]);
  const onSwitch = (event) => {
    switchKeys(event.target.checked);
    setIsOn(event.target.checked);
  };
  return html`
    <dialog class="help" ref=${dialog} onClose=${onClose} aria-labelledby="help-title">
      <h2 id="help-title">${t("Pintasan papan ketik")}</h2>
      <dl class="help-keys">
        ${KEYS.map((key) => html`<div key=${key}><dt><kbd>${keyName(key)}</kbd></dt><dd>${meaningOf(key)}</dd></div>`)}
        <div><dt><kbd>1</kbd>–<kbd>9</kbd></dt><dd>${t("Pilihan dalam daftar")}</dd></div>
        <div><dt><kbd>Esc</kbd></dt><dd>${t("Kembali")}</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>${t("Bantuan ini")}</dd></div>
      </dl>
      <label class="help-switch"><input type="checkbox" checked=${isOn} onChange=${onSwitch} /> ${t("Pakai pintasan")}</label>
      <button class="button" ref=${leave} onClick=${onClose}>${t("Tutup bantuan")} <kbd>Esc</kbd></button>
    </dialog>
  `;
}
