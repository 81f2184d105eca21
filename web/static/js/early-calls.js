// Calls that were told before the board that has them. check-in tells a call at once; the board comes from
// another service, a few milliseconds later or, when that service is down, when it is back.

const LATEST_CALLS = 8; // as many as a board has
const LATE_MILLISECONDS = 10000;

/** Add a call that was told; it can be told twice. */
export function withNew(calls, call) {
  const isSame = (known) => known.number === call.number && known.calls === call.calls;
  return calls.some(isSame) ? calls : [...calls, call];
}

/** Return the calls that a board does not have yet. A board this much younger has dropped them. */
export function stillEarly(calls, board) {
  const isEarly = (call) =>
    !has(board, call) && Date.parse(board.changed_at) - Date.parse(call.called_at) < LATE_MILLISECONDS;
  return calls.filter(isEarly).slice(-LATEST_CALLS);
}

/** Return the board as it will be with these calls, oldest first. */
export function withCalls(board, calls) {
  return calls.reduce(withCall, board);
}

function withCall(board, call) {
  const others = board.calls.filter((other) => other.number !== call.number);
  return Object.assign({}, board, {
    waiting: Math.max(0, board.waiting - (call.calls === 1 ? 1 : 0)),
    counters: board.counters.map((at) => (at.counter === call.counter ? serving(at, call) : at)),
    calls: [call, ...others].slice(0, LATEST_CALLS),
  });
}

const serving = (counter, call) => Object.assign({}, counter, { number: call.number });

const has = (board, call) =>
  board.calls.some((known) => known.number === call.number && known.calls >= call.calls);
