// A USB or Bluetooth scanner is a keyboard that ends with Enter ("keyboard wedge"). How fast it types
// depends on the radio and on how busy this device is, so what it typed is judged by its form when it
// ends, and by its speed only where it is short.

import { isWholeTicket, maybePartOfTicket } from "./ticket-text.js";

const PAUSE_MILLISECONDS = 1000;
const SHORTEST_SCAN = 8;
const MORE_THAN_ANYBODY_TYPES = 24;
const FAST_MILLISECONDS_PER_KEY = 60;

/** Collects keys; `press` and `end` return what was scanned as the kiosk's event, null where nothing was. */
export class Wedge {
  #typed = "";
  #first = -Infinity;
  #last = -Infinity;

  press(key, milliseconds) {
    if (milliseconds - this.#last > PAUSE_MILLISECONDS) this.#typed = "";
    if (key === "Enter" || key === "Tab") return this.end();
    if (key.length !== 1) return null;
    if (this.#typed === "") this.#first = milliseconds;
    this.#last = milliseconds;
    this.#typed += key;
    return null;
  }

  end() {
    const text = this.#typed;
    this.#typed = "";
    if (isWholeTicket(text)) return { name: "scan", ticket: text };
    if (!this.#isOfScanner(text)) return null;
    return maybePartOfTicket(text) ? { name: "incomplete" } : { name: "scan", ticket: text };
  }

  #isOfScanner(text) {
    if (text.length >= MORE_THAN_ANYBODY_TYPES) return true;
    const perKey = (this.#last - this.#first) / (text.length - 1);
    return text.length >= SHORTEST_SCAN && perKey <= FAST_MILLISECONDS_PER_KEY;
  }
}

/** Call back with every scan; the Enter that ends it does nothing else. Returns how to stop. */
export function listen(target, onScan) {
  const wedge = new Wedge();
  let pause;
  const tell = (scanned) => scanned && onScan(scanned);
  const onKey = (event) => {
    if (event.repeat) return; // a key held down, or a bag on the keyboard
    clearTimeout(pause);
    pause = setTimeout(() => tell(wedge.end()), PAUSE_MILLISECONDS); // some scanners send no Enter
    const scanned = wedge.press(event.key, event.timeStamp);
    if (scanned === null) return;
    event.preventDefault();
    event.stopPropagation();
    tell(scanned);
  };
  target.addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(pause);
    target.removeEventListener("keydown", onKey, true);
  };
}
