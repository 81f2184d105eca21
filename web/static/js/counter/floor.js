// The whole floor as check-in tells it: who waits, who is held, what the other counters do. It is asked for when
// the hall's board changed, and every few seconds while somebody looks at the page; never twice in two seconds.

import { useEffect, useRef, useState } from "../../vendor/htm-preact/standalone.module.js";
import { ask } from "../api.js";
import { page } from "../page.js";

const PATH = `/v1/offices/${page.office}/floor`;
const SHORTEST_MILLISECONDS = 2000;
const LOOKED_AT_MILLISECONDS = 5000;
const UNKNOWN = { askedAt: 0, counters: [], waiting: [], held: [], absent: [] };

/** Return the floor, empty until it is known; it is asked for anew when the board or the counter changes. */
export function useFloor(board, counter) {
  const [floor, setFloor] = useState(null);
  const looking = useRef({ lastAt: -SHORTEST_MILLISECONDS, isUnderWay: false, isWanted: false });
  const look = async () => {
    const state = looking.current;
    state.isWanted = true;
    if (state.isUnderWay || document.hidden) return;
    state.isUnderWay = true;
    while (state.isWanted) {
      await until(state.lastAt + SHORTEST_MILLISECONDS);
      Object.assign(state, { isWanted: false, lastAt: performance.now() });
      const seen = await ask(PATH).catch(() => null); // what is shown stays; the next look comes soon
      if (seen) setFloor({ ...seen, askedAt: state.lastAt });
    }
    state.isUnderWay = false;
  };
  useEffect(() => void look(), [board, counter]);
  useEffect(() => {
    const timer = setInterval(look, LOOKED_AT_MILLISECONDS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return { floor: useWithoutServed(floor ?? UNKNOWN, counter), isKnown: floor !== null };
}

// Who was before this counter after the floor was asked for waits no more, or not as that answer says.
function useWithoutServed(floor, counter) {
  const servedAt = useRef(new Map());
  if (counter?.ticket) servedAt.current.set(counter.ticket.ticket_id, performance.now());
  const waiting = floor.waiting.filter((ticket) => !(servedAt.current.get(ticket.ticket_id) >= floor.askedAt));
  return { ...floor, waiting };
}

const until = (instant) => new Promise((done) => setTimeout(done, Math.max(0, instant - performance.now())));

/** Return who waits for this counter, in the order of calls; for a closed one, who waits at all. */
export const queueOf = (floor, counter) => floor.waiting.filter((ticket) => isCalledBy(ticket, counter));

// As `is_called_by` in services/checkin/domain/policy.py.
function isCalledBy(ticket, counter) {
  if (counter.state === "closed") return true;
  if (ticket.for_counter !== null) return ticket.for_counter === counter.counter;
  return counter.services.includes(ticket.service) && counter.steps.includes(ticket.step);
}

/** Return the counters that ask for help, this one among them. */
export function emergenciesOf(floor, counter) {
  const others = floor.counters.filter((one) => one.counter !== counter.counter && one.emergency_since !== null);
  return counter.emergency_since === null ? others : [counter, ...others];
}

/** Return what the floor knows of the counter's ticket beside what the counter itself does; null when nothing. */
export function detailsOf(floor, counter) {
  const shown = floor.counters.find((one) => one.counter === counter.counter)?.ticket;
  return shown && shown.ticket_id === counter.ticket?.ticket_id ? shown : null;
}
