// Calls that were told before the board that has them. check-in tells a call at once; the board comes from
// another service, a few milliseconds later or, when that service is down, when it is back. A call is known by
// its number and its time: at each step, and after a hold or an undo, a ticket's calls are counted anew.

const LATEST_CALLS = 8; // as many as a board has
const LATE_MILLISECONDS = 10000;

/** Add a call that was told, oldest first; it can be told twice, and late. */
export function withNew(calls, call) {
  const isSame = (known) => known.number === call.number && known.called_at === call.called_at;
  return calls.some(isSame) ? calls : [...calls, call].sort((one, other) => calledAt(one) - calledAt(other));
}

/** Return the calls that a board does not have yet. A board this much younger has dropped them. */
export function stillEarly(calls, board) {
  const isEarly = (call) =>
    !has(board, call) && Date.parse(board.changed_at) - calledAt(call) < LATE_MILLISECONDS;
  return calls.filter(isEarly).slice(-LATEST_CALLS);
}

/** Return the board as it will be with these calls, oldest first. */
export function withCalls(board, calls) {
  return calls.reduce(withCall, board);
}

function withCall(board, call) {
  const others = board.calls.filter((other) => other.number !== call.number);
  return Object.assign({}, board, {
    waiting: Math.max(0, board.waiting - (isFirst(call, board) ? 1 : 0)),
    counters: board.counters.map((at) => serving(at, call)),
    calls: [call, ...others].slice(0, LATEST_CALLS),
  });
}

/** Tell whether a call takes its ticket from those whom the board counts as waiting. */
const isFirst = (call, board) =>
  call.calls === 1 && ![...board.calls, ...board.counters].some((known) => known.number === call.number);

/** Return a counter after a call: with its ticket, or without it where it was called to another one. */
function serving(counter, call) {
  if (counter.counter === call.counter) return Object.assign({}, counter, { number: call.number });
  return counter.number === call.number ? Object.assign({}, counter, { number: null }) : counter;
}

const calledAt = (call) => Date.parse(call.called_at);

const has = (board, call) =>
  board.calls.some((known) => known.number === call.number && calledAt(known) >= calledAt(call));
