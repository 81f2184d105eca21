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
  #announce;
  #onChange;
  #now;
  #spoken = null; // ticket id -> the call of it that was last announced or passed over
  #queue = [];
  #clockDistance = Infinity;
  #isBusy = false;

  /** `announce(call)` resolves when the call was announced; `onChange(call or null)` tells which is now. */
  constructor({ announce, onChange = () => {}, now = () => performance.now() }) {
    this.#announce = announce;
    this.#onChange = onChange;
    this.#now = now;
  }

  /** Take in a board; the first one is only remembered. */
  take(board) {
    this.#learnClock(board);
    const isFirst = this.#spoken === null;
    const before = this.#spoken ?? new Map();
    this.#spoken = new Map(board.calls.map((call) => [call.ticket_id, call.calls]));
    this.#queue = this.#queue.filter((waiting) => isStillCalled(waiting, board));
    if (isFirst) return;
    const fresh = board.calls.filter((call) => isNew(call, before) && this.#age(call) <= FRESH_MILLISECONDS);
    for (const call of fresh.reverse()) this.#put(call);
    this.#work();
  }

  #put(call) {
    const place = this.#queue.findIndex((waiting) => waiting.ticket_id === call.ticket_id);
    if (place >= 0) this.#queue[place] = call;
    else this.#queue.push(call);
  }

  async #work() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#queue.length) {
      const call = this.#queue.shift();
      this.#onChange(call);
      await this.#announce(call);
    }
    this.#isBusy = false;
    this.#onChange(null);
  }

  #learnClock(board) {
    this.#clockDistance = Math.min(this.#clockDistance, this.#now() - Date.parse(board.changed_at));
  }

  #age(call) {
    return this.#now() - this.#clockDistance - Date.parse(call.called_at);
  }
}

const isNew = (call, before) => call.state === "called" && (before.get(call.ticket_id) ?? 0) < call.calls;

const isStillCalled = (waiting, board) =>
  board.calls.some((call) => call.ticket_id === waiting.ticket_id && call.state === "called");
