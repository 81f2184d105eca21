// The counter's state, and what the officer does to it. One thing at a time: while an answer is awaited,
// every other key and click is ignored.

import { useCallback, useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
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
  const isBusy = useRef(false);

  const take = async (name, request) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setPending(name);
    try {
      setCounter(await request());
      if (name !== "read") setRefusal(null);
    } catch (fault) {
      setRefusal(fault);
      if (name !== "read" && name !== "retry" && UNCERTAIN.has(fault.code)) setCounter(await ask(PATH).catch(() => counter));
    } finally {
      isBusy.current = false;
      setPending(null);
    }
  };

  const read = useCallback(() => take("read", () => ask(PATH)), []);
  const retry = () => take("retry", () => ask(PATH));
  const act = (action, body = {}) => take(action.name, () => ask(`${PATH}/${action.name}`, body));
  useEffect(() => void read(), []);
  useEffect(() => {
    if (board && counter && isBehind(counter, board)) read();
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
