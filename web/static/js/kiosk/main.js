// The kiosk: wires the scanner, the camera and the keyboard to the states, and the states to the screen.

import { html, render, useCallback, useEffect, useReducer, useRef } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { page } from "../page.js";
import * as sound from "../sound.js";
import { Camera } from "./camera-view.js";
import { Footer, Header } from "./frame.js";
import { HallNumber } from "./hall-number.js";
import { lookOf } from "./refusals.js";
import { Admitted, Idle, Refused, Sending } from "./screens.js";
import { IDLE, SECONDS_SHOWN, step } from "./states.js";
import { Typing } from "./typing.js";
import { takeNumber, WalkIn } from "./walk-in.js";
import { listen } from "./wedge.js";

// The code still lies before the camera while its result is shown: it is not a new scan.
const SAME_CODE_MILLISECONDS = 15000;
const BACK_TO_INDONESIAN_SECONDS = 60;

function Kiosk() {
  const [state, dispatch] = useReducer(step, IDLE);
  const done = useCallback(() => dispatch({ name: "done" }), []);
  const type = useCallback(() => dispatch({ name: "type" }), []);
  const walkIn = useCallback(() => dispatch({ name: "walk_in" }), []);
  const take = useCallback((wish) => dispatch({ name: "take", wish }), []);
  const refuse = useCallback((refusal) => dispatch({ name: "refused", refusal }), []);
  const scan = useCallback((ticket) => dispatch({ name: "scan", ticket }), []);
  const seen = useSeenByCamera(scan, state);
  useEffect(() => listen(document, dispatch), []);
  useSoundOfIncomplete(state);
  useSending(state, dispatch);
  useTaking(state, dispatch);
  useReturnToIdle(state, done);
  useReturnToIndonesian(state);
  const screen = {
    idle: () => html`<${Idle} onType=${type} onWalkIn=${walkIn}><${Camera} onText=${seen} /><//>`,
    sending: () => html`<${Sending} />`,
    walk_in: () => html`<${WalkIn} onTake=${take} onRefused=${refuse} onBack=${done} />`,
    taking: () => html`<${Sending} />`,
    issued: () => html`<${HallNumber} admission=${state.admission} seconds=${SECONDS_SHOWN.issued} onDone=${done} />`,
    typing: () => html`<${Typing} office=${page.office} onCode=${scan} onBack=${done} />`,
    admitted: () => html`<${Admitted} admission=${state.admission} seconds=${SECONDS_SHOWN.admitted} onDone=${done} />`,
    refused: () => html`<${Refused} refusal=${state.refusal} seconds=${SECONDS_SHOWN.refused} onDone=${done} onType=${type} />`,
  }[state.name];
  return html`<div class="kiosk kiosk-${state.name}"><${Header} />${screen()}<${Footer} /></div>`;
}

function useSending(state, dispatch) {
  useEffect(() => {
    if (state.name !== "sending") return;
    ask(`/v1/offices/${page.office}/scans`, { ticket: state.ticket }).then(
      (admission) => {
        sound.good();
        dispatch({ name: "admitted", admission });
      },
      (refusal) => {
        (lookOf(refusal).tone === "calm" ? sound.good : sound.bad)();
        dispatch({ name: "refused", refusal });
      },
    );
  }, [state]);
}

function useTaking(state, dispatch) {
  useEffect(() => {
    if (state.name !== "taking") return;
    takeNumber(state.wish).then(
      (admission) => {
        sound.good();
        dispatch({ name: "issued", admission });
      },
      (refusal) => {
        sound.bad();
        dispatch({ name: "refused", refusal });
      },
    );
  }, [state]);
}

function useSoundOfIncomplete(state) {
  useEffect(() => {
    if (state.refusal?.code === "incomplete_read") sound.bad();
  }, [state]);
}

function useReturnToIdle(state, done) {
  useEffect(() => {
    const seconds = SECONDS_SHOWN[state.name];
    if (!seconds) return undefined;
    const timer = setTimeout(done, seconds * 1000);
    return () => clearTimeout(timer);
  }, [state]);
}

function useReturnToIndonesian(state) {
  useEffect(() => {
    if (state.name !== "idle" || page.locale === "id") return undefined;
    const timer = setTimeout(() => location.replace("?lang=id"), BACK_TO_INDONESIAN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [state]);
}

function useSeenByCamera(scan, state) {
  const last = useRef({ text: "", at: -Infinity });
  useEffect(() => {
    last.current.at = performance.now();
  }, [state]);
  return useCallback((text) => {
    const isSame = text === last.current.text && performance.now() - last.current.at < SAME_CODE_MILLISECONDS;
    last.current = { text, at: performance.now() };
    if (!isSame) scan(text);
  }, []);
}

render(html`<${Kiosk} />`, document.getElementById("app"));
