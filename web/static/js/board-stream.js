// Following an office's hall board, and knowing whether what is shown is still true.
//
//     EventSource ──board──▶ onBoard        "live": an event or an answer within the last half minute
//     EventSource ──call───▶ onBoard        (the board as it is about to be)
//     every 20 s of silence: GET the board  "lost": neither the stream nor the question gets through

import { ask } from "./api.js";
import { stillEarly, withCalls, withNew } from "./early-calls.js";

const SILENCE_MILLISECONDS = 20000;
const LOOK_EVERY_MILLISECONDS = 2000;
const RETRY_MILLISECONDS = { first: 2000, most: 15000 };

export class BoardStream {
  #path;
  #onBoard;
  #onLink;
  #source = null;
  #retry = RETRY_MILLISECONDS.first;
  #heardAt = performance.now();
  #isAsking = false;
  #board = null;
  #early = [];

  /** `onBoard(board)` for every state; `onLink(isLive)` when the link is lost or back. */
  constructor(office, { onBoard, onLink = () => {} }) {
    this.#path = `/v1/offices/${office}/board`;
    this.#onBoard = onBoard;
    this.#onLink = onLink;
  }

  start() {
    this.#connect();
    setInterval(() => this.#checkSilence(), LOOK_EVERY_MILLISECONDS);
    addEventListener("online", () => this.#question());
    addEventListener("offline", () => this.#onLink(false));
  }

  #connect() {
    this.#source = new EventSource(`${this.#path}/stream`);
    this.#source.addEventListener("board", (event) => {
      this.#retry = RETRY_MILLISECONDS.first;
      this.#hear(JSON.parse(event.data));
    });
    this.#source.addEventListener("call", (event) => {
      if (this.#board === null) return;
      this.#early = withNew(this.#early, JSON.parse(event.data));
      this.#hear(this.#board);
    });
    this.#source.addEventListener("error", () => this.#fail());
  }

  // The browser comes back by itself after a cut, but not after an answer such as 503.
  #fail() {
    this.#question();
    if (this.#source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => this.#connect(), this.#retry * (0.75 + Math.random() / 2));
    this.#retry = Math.min(this.#retry * 2, RETRY_MILLISECONDS.most);
  }

  #checkSilence() {
    if (performance.now() - this.#heardAt > SILENCE_MILLISECONDS) this.#question();
  }

  async #question() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#hear(await ask(this.#path));
    } catch {
      this.#onLink(false); // whatever the reason, the board may no longer be true
    } finally {
      this.#isAsking = false;
    }
  }

  #hear(board) {
    this.#heardAt = performance.now();
    this.#board = board;
    this.#early = stillEarly(this.#early, board);
    this.#onLink(true);
    this.#onBoard(withCalls(board, this.#early));
  }
}
