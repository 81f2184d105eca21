// The counter's state, and what the officer does to it. One thing at a time: while an answer is awaited,
// every other key and click is ignored. Looking whether the counter changed elsewhere disturbs nobody.

import { useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { BoardStream } from "../board-stream.js";
import { page } from "../page.js";

const PATH = `/v1/offices/${page.office}/counters/${page.counter}`;
const UNCERTAIN = new Set(["no_answer", "outcome_unknown", "offline", "internal", "service_unavailable"]);

/** Return { counter, waiting, pending, refusal, isLive, act, retry }; `counter` is null until it is known. */
export function useConsole() {
  const [counter, setCounter] = useState(null);
  const [pending, setPending] = useState(null);
  const [refusal, setRefusal] = useState(null);
  const { board, isLive } = useBoard();
  const acting = useRef({ isBusy: false, turn: 0 });

  const perform = async (name, request) => {
    if (acting.current.isBusy) return;
    acting.current = { isBusy: true, turn: acting.current.turn + 1 };
    setPending(name);
    let isUncertain = false;
    try {
      setCounter(await request());
      setRefusal(null);
    } catch (fault) {
      setRefusal(fault);
      isUncertain = UNCERTAIN.has(fault.code);
    }
    acting.current = { isBusy: false, turn: acting.current.turn + 1 };
    setPending(null);
    if (isUncertain) look(acting.current.turn);
  };

  // What was asked for before the latest action had its answer is out of date when it arrives.
  const look = async (turn) => {
    const seen = await ask(PATH).catch(() => null);
    if (seen && turn === acting.current.turn && !acting.current.isBusy) setCounter(seen);
  };

  const act = (action, body = {}) => perform(action.name, () => ask(`${PATH}/${action.name}`, body));
  const retry = () => perform("retry", () => ask(PATH));
  useEffect(() => void retry(), []);
  useEffect(() => {
    if (board && counter && isBehind(counter, board)) look(acting.current.turn);
  }, [board]);
  return { counter, waiting: waitingFor(counter, board), pending, refusal, isLive, act, retry };
}

function useBoard() {
  const [board, setBoard] = useState(null);
  const [isLive, setIsLive] = useState(true);
  useEffect(() => new BoardStream(page.office, { onBoard: setBoard, onLink: setIsLive }).start(), []);
  return { board, isLive };
}

// The hall's count is this counter's own when it serves everything; else only check-in can tell.
const servesAll = (counter) => counter.services.length === page.services.length;

function waitingFor(counter, board) {
  if (!counter) return 0;
  return board && (servesAll(counter) || counter.state === "closed") ? board.waiting : counter.waiting;
}

function isBehind(counter, board) {
  const shown = board.counters.find((one) => one.counter === page.counter);
  const differs = shown && (shown.state !== counter.state || (shown.number ?? null) !== (counter.ticket?.number ?? null));
  return differs || (counter.state === "open" && !servesAll(counter));
}
