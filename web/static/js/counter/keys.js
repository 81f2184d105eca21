// One key for each action. Letters work wherever the focus is, except in a field; space and Enter are left
// to a button that has the focus. Who dislikes single keys turns them off (WCAG 2.1.4).

import { ACTIONS } from "./actions.js";

const SETTING = "antrean.counter.keys";

export const areKeysOn = () => localStorage.getItem(SETTING) !== "off";

export function switchKeys(isOn) {
  localStorage.setItem(SETTING, isOn ? "on" : "off");
}

/** Return the action that a key stands for, null for none. */
export function actionOf(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !areKeysOn()) return null;
  const key = event.key === "Enter" ? " " : event.key.toLowerCase();
  const isForElement = event.target.closest(key === " " ? "input, button, a, dialog" : "input:not([type=checkbox]), dialog");
  return isForElement ? null : (ACTIONS.find((action) => action.key === key) ?? null);
}
