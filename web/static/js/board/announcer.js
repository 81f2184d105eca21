// Which calls are announced, and in which order: one after the other, each once, old ones never.
//
//     board ──▶ new? fresh? ──▶ queue ──▶ announce(call) ──▶ next
//
// A board that is switched on or comes back after a cut shows old calls without announcing them: an
// announcement counts for people who are walking now. The device's clock may be wrong, and may be set right
// at any moment; so a call's age is told by the server's clock, whose distance from a clock that never jumps
// is learned from the boards that arrive.

const FRESH_MILLISECONDS = 20000;

export class Announcer {
  /**
   * `announce(call, behind)` resolves when the call was announced, with so many waiting behind it;
   * `onChange(call or null)` tells which is announced now.
   */
  constructor({ announce, onChange = () => {}, now = () => performance.now() }) {
    this._announce = announce;
    this._onChange = onChange;
    this._now = now;
    this._spoken = null; // number -> when it was called on the last board, announced or passed over
    this._date = null; // the day on which these numbers are given
    this._queue = [];
    this._clockDistance = Infinity;
    this._isBusy = false;
  }

  /** Take in a board; the first one is only remembered. */
  take(board) {
    this._learnClock(board);
    const isFirst = this._spoken === null;
    const before = board.date === this._date ? this._spoken : new Map();
    this._date = board.date;
    this._spoken = new Map(board.calls.map((call) => [call.number, calledAt(call)]));
    this._queue = this._queue.filter((waiting) => isStillCalled(waiting, board));
    if (isFirst) return;
    const fresh = board.calls.filter((call) => isNew(call, before) && this._isFresh(call));
    for (const call of fresh.reverse()) this._put(call);
    this._work();
  }

  _put(call) {
    const place = this._queue.findIndex((waiting) => waiting.number === call.number);
    if (place >= 0) this._queue[place] = call;
    else this._queue.push(call);
  }

  async _work() {
    if (this._isBusy) return;
    this._isBusy = true;
    while (this._queue.length) {
      const call = this._queue.shift();
      this._onChange(call);
      await this._announce(call, this._queue.length);
    }
    this._isBusy = false;
    this._onChange(null);
  }

  _learnClock(board) {
    this._clockDistance = Math.min(this._clockDistance, this._now() - Date.parse(board.changed_at));
  }

  _isFresh(call) {
    return this._now() - this._clockDistance - calledAt(call) <= FRESH_MILLISECONDS;
  }
}

const calledAt = (call) => Date.parse(call.called_at);

// Not by `calls`: they are counted anew at each step, and after a hold or an undo.
const isNew = (call, before) => call.state === "called" && (before.get(call.number) || 0) < calledAt(call);

const isStillCalled = (waiting, board) =>
  board.calls.some((call) => call.number === waiting.number && call.state === "called");
