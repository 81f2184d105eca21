// How many are before a number, asked of check-in now and then: the board alone does not know.

import { useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { page, t } from "../page.js";

const SHORTEST_PAUSE_MILLISECONDS = 10000;
const LONGEST_PAUSE_MILLISECONDS = 45000;
const UNKNOWN = { state: "unknown" };

/**
 * A number's turn as check-in explains it; null as long as it says nothing, and `unknown` where nobody has the
 * number today. Asked anew after each change of the board, and now and then without
 * one: while nobody is called the wait grows.
 */
export function useTurn(version) {
  const [turn, setTurn] = useState(null);
  const asked = useRef({ at: -Infinity, timer: null });
  const [moment, setMoment] = useState(0);
  useEffect(() => {
    if (!page.number) return;
    const timer = setInterval(() => setMoment((before) => before + 1), LONGEST_PAUSE_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!page.number || asked.current.timer !== null) return;
    const look = () => {
      Object.assign(asked.current, { at: performance.now(), timer: null });
      ask(`/v1/offices/${page.office}/queue/${page.number}`).then(setTurn, ({ code }) => setTurn(code === "unknown_number" ? UNKNOWN : null));
    };
    const pause = Math.max(0, asked.current.at + SHORTEST_PAUSE_MILLISECONDS - performance.now());
    asked.current.timer = setTimeout(look, pause);
  }, [version, moment]);
  return turn;
}

/** Why so many are before it, in plain words. */
export function reasonsOf(turn) {
  return turn.before.filter(({ tickets }) => tickets > 0).map(({ rule, tickets }) => reason(rule, tickets));
}

function reason(rule, count) {
  if (rule === "appointment") return t("{count} orang punya jam yang lebih awal", { count });
  if (rule === "priority") return t("{count} orang diprioritaskan (lansia, difabel, hamil, balita, sakit)", { count });
  if (rule === "walk_in") return t("{count} orang datang langsung sebelum Anda", { count });
  if (rule === "late") return t("{count} orang terlambat, tetapi datang sebelum Anda", { count });
  if (rule === "returned") return t("{count} orang dipanggil tadi dan kembali", { count });
  return t("{count} orang lain", { count });
}
