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
  /** `onBoard(board)` for every state; `onLink(isLive)` when the link is lost or back. */
  constructor(office, { onBoard, onLink = () => {} }) {
    this._path = `/v1/offices/${office}/board`;
    this._onBoard = onBoard;
    this._onLink = onLink;
    this._source = null;
    this._retry = RETRY_MILLISECONDS.first;
    this._heardAt = performance.now();
    this._isAsking = false;
    this._board = null;
    this._early = [];
  }

  start() {
    this._connect();
    setInterval(() => this._checkSilence(), LOOK_EVERY_MILLISECONDS);
    addEventListener("online", () => this._question());
    addEventListener("offline", () => this._onLink(false));
  }

  _connect() {
    this._source = new EventSource(`${this._path}/stream`);
    this._source.addEventListener("board", (event) => {
      this._retry = RETRY_MILLISECONDS.first;
      this._hear(JSON.parse(event.data));
    });
    this._source.addEventListener("call", (event) => {
      if (this._board === null) return;
      this._early = withNew(this._early, JSON.parse(event.data));
      this._hear(this._board);
    });
    this._source.addEventListener("error", () => this._fail());
  }

  // The browser comes back by itself after a cut, but not after an answer such as 503.
  _fail() {
    this._question();
    if (this._source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => this._connect(), this._retry * (0.75 + Math.random() / 2));
    this._retry = Math.min(this._retry * 2, RETRY_MILLISECONDS.most);
  }

  _checkSilence() {
    if (performance.now() - this._heardAt > SILENCE_MILLISECONDS) this._question();
  }

  async _question() {
    if (this._isAsking) return;
    this._isAsking = true;
    try {
      this._hear(await ask(this._path));
    } catch (fault) {
      this._onLink(false); // whatever the reason, the board may no longer be true
    } finally {
      this._isAsking = false;
    }
  }

  _hear(board) {
    this._heardAt = performance.now();
    this._board = board;
    this._early = stillEarly(this._early, board);
    this._onLink(true);
    this._onBoard(withCalls(board, this._early));
  }
}
