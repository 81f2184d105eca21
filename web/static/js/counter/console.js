// The counter's state, and what the officer does to it. One thing at a time: while an answer is awaited,
// every other key and click is ignored. Looking whether the counter changed elsewhere disturbs nobody.

import { useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { BoardStream } from "../board-stream.js";
import { page } from "../page.js";
import { DEEDS } from "./actions.js";

const PATH = `/v1/offices/${page.office}/counters`;
const OWN = `${PATH}/${page.counter}`;
// After these the counter stands otherwise than it is shown, or may.
const UNCERTAIN = new Set([
  "no_answer", "outcome_unknown", "offline", "internal", "service_unavailable", "other_ticket_at_counter", "no_ticket_at_counter",
]);
const IDLE = { isBusy: false, turn: 0, name: null, endedAt: 0 };

/** Return the console's state and what can be done to it; `counter` is null until it is known.
 *
 *  `act(action, body)` tells whether it was done; `deed` is what was done last, in words, while it is known.
 */
export function useConsole() {
  const [counter, setCounter] = useState(null);
  const [pending, setPending] = useState(null);
  const [refusal, setRefusal] = useState(null);
  const [deed, setDeed] = useState(null);
  const { board, isLive } = useBoard();
  const acting = useRef(IDLE);

  const perform = async (name, requests) => {
    if (acting.current.isBusy) return false;
    acting.current = { ...acting.current, isBusy: true, turn: acting.current.turn + 1 };
    setPending(name);
    let fault = null;
    try {
      for (const request of requests) await request();
    } catch (caught) {
      fault = caught;
    }
    setRefusal(fault);
    acting.current = { isBusy: false, turn: acting.current.turn + 1, name, endedAt: performance.now() };
    setPending(null);
    if (UNCERTAIN.has(fault?.code)) look(acting.current.turn);
    return fault === null;
  };

  // What was asked for before the latest action had its answer is out of date when it arrives.
  const look = async (turn) => {
    const seen = await ask(OWN).catch(() => null);
    if (seen && turn === acting.current.turn && !acting.current.isBusy) setCounter(seen);
  };

  const isSlip = ({ name, rests = 0 }) => acting.current.name === name && performance.now() - acting.current.endedAt < rests * 1000;
  const act = (action, body = {}) => {
    if (isSlip(action)) return false;
    const before = counter;
    const requests = (action.paths ?? [action.name]).map((path, at) => async () => {
      const after = await ask(`${OWN}/${path}`, at ? {} : body);
      setCounter(after);
      setDeed({ words: deedWords(path, before, after), undoUntil: after.undo_until });
    });
    return perform(action.name, requests);
  };
  // Another counter's emergency may be over, too.
  const clearEmergency = (number) => perform("emergency-clear", [async () => {
    const after = await ask(`${PATH}/${number}/emergency-clear`, {});
    if (number === page.counter) setCounter(after);
  }]);
  const retry = () => perform("retry", [async () => setCounter(await ask(OWN))]);
  useEffect(() => void retry(), []);
  useEffect(() => {
    if (board && counter && isBehind(counter, board)) look(acting.current.turn);
  }, [board]);
  // Where somebody else has acted at this counter since, what would be undone is theirs.
  const ownDeed = deed && deed.undoUntil === counter?.undo_until ? deed.words : "";
  return { counter, board, pending, refusal, isLive, deed: ownDeed, act, clearEmergency, retry, forgive: () => setRefusal(null) };
}

function useBoard() {
  const [board, setBoard] = useState(null);
  const [isLive, setIsLive] = useState(true);
  useEffect(() => new BoardStream(page.office, { onBoard: setBoard, onLink: setIsLive }).start(), []);
  return { board, isLive };
}

function deedWords(path, before, after) {
  const words = after.undo_until && DEEDS[path]?.();
  return words ? words.replace("{number}", (after.ticket ?? before.ticket)?.number) : "";
}

function isBehind(counter, board) {
  const shown = board.counters.find((one) => one.counter === page.counter);
  return shown && (shown.state !== counter.state || (shown.number ?? null) !== (counter.ticket?.number ?? null));
}
