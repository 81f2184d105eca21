// A device becomes one of an office: choose what it is, show the code, wait until somebody approves it.

import { html, render, useCallback, useEffect, useReducer } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { page } from "../page.js";
import { Choice, Code, Over, Renewing } from "./screens.js";
import { renewed } from "./session.js";

const AGAIN_MILLISECONDS = 5000;

const FIRST = page.renews ? { name: "renewing" } : { name: "choice", notice: page.ended ? "ended" : null };

function step(state, event) {
  return { ...event };
}

function Pairing() {
  const [state, go] = useReducer(step, FIRST);
  useEffect(() => (state.name === "renewing" ? renewing(go) : undefined), [state.name]);
  useEffect(() => (state.name === "code" ? waiting(state, go) : undefined), [state.pairing]);
  const begin = useCallback((kind) => {
    ask("/v1/pairings", { kind }).then(
      (pairing) => go({ name: "code", pairing, until: Date.now() + pairing.expires_in_seconds * 1000 }),
      (refusal) => go({ name: "choice", refusal }),
    );
  }, []);
  const choose = useCallback(() => go({ name: "choice" }), []);
  return {
    renewing: () => html`<${Renewing} />`,
    choice: () => html`<${Choice} notice=${state.notice} refusal=${state.refusal} onKind=${begin} />`,
    code: () => html`<${Code} pairing=${state.pairing} until=${state.until} onBack=${choose} />`,
    over: () => html`<${Over} kind=${state.kind} onAgain=${begin} onBack=${choose} />`,
  }[state.name]();
}

/** Renew the session of a device whose token is over, however long its network is away. */
function renewing(go) {
  let timer = 0;
  const tryOnce = async () => {
    const outcome = await renewed();
    if (outcome === "renewed") location.replace(page.onward || "/");
    else if (outcome === "ended") go({ name: "choice", notice: "ended" });
    else timer = setTimeout(tryOnce, AGAIN_MILLISECONDS);
  };
  tryOnce();
  return () => clearTimeout(timer);
}

/** Ask every few seconds whether somebody has approved the device, and go to its page. */
function waiting({ pairing, until }, go) {
  let timer = 0;
  let isOver = false;
  const over = () => go({ name: "over", kind: pairing.kind });
  const look = async () => {
    try {
      const taken = await ask("/pasang/sesi", { device_code: pairing.device_code });
      if (isOver) return;
      if (taken.home) return location.replace(taken.home);
    } catch (refusal) {
      if (isOver) return;
      if (refusal.code === "pairing_expired") return over();
    }
    if (Date.now() > until) return over();
    timer = setTimeout(look, pairing.interval_seconds * 1000);
  };
  timer = setTimeout(look, pairing.interval_seconds * 1000);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

render(html`<${Pairing} />`, document.getElementById("app"));
