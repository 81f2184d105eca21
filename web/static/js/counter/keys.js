// One key for each action. Letters work wherever the focus is, except in a field and in a dialog that asks for
// something; space and Enter are left to a button that has the focus. Who dislikes single keys turns them off
// (WCAG 2.1.4).

import { useEffect, useRef } from "../../vendor/htm-preact/standalone.module.js";
import { ACTIONS } from "./actions.js";

const SETTING = "antrean.counter.keys";
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, dialog:not([data-menu])";

export const areKeysOn = () => localStorage.getItem(SETTING) !== "off";

export function switchKeys(isOn) {
  localStorage.setItem(SETTING, isOn ? "on" : "off");
}

/** Call `perform(action)` and `onHelp()` for their keys; `now` says what is possible. */
export function useKeys(now, { perform, onImpossible, onHelp }) {
  // The listener stays; what it calls is always of the present render, so that no key falls between two.
  const present = useRef(null);
  present.current = { now, perform, onImpossible, onHelp };
  useEffect(() => {
    const onKey = (event) => {
      if (event.key === "?" && !event.target.closest(FIELDS)) return present.current.onHelp();
      const { now: seen } = present.current;
      const meant = actionsOf(event, seen);
      if (!meant.length) return undefined;
      event.preventDefault();
      const action = meant.find((one) => one.isPossible(seen));
      return action ? present.current.perform(action) : present.current.onImpossible(meant[0]);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function actionsOf(event, now) {
  if (!now || event.repeat || event.ctrlKey || event.altKey || event.metaKey || !areKeysOn()) return [];
  const key = event.key === "Enter" ? " " : event.key.toLowerCase();
  if (event.target.closest(key === " " ? "input, button, a, summary, dialog, textarea, select" : FIELDS)) return [];
  return ACTIONS.filter((action) => action.key === key);
}
