// A USB scanner is a keyboard that types very fast and ends with Enter ("keyboard wedge"). People who
// type are slower, so a burst that ends with Enter is a scan, wherever the focus happens to be.

const LONGEST_GAP_MILLISECONDS = 60;
const SHORTEST_SCAN = 8;

/** Collects keys; `press` returns the scanned text when a scan ends, else null. */
export class Wedge {
  #typed = "";
  #last = -Infinity;

  press(key, milliseconds) {
    if (milliseconds - this.#last > LONGEST_GAP_MILLISECONDS) this.#typed = "";
    this.#last = milliseconds;
    if (key === "Enter" || key === "Tab") return this.#end();
    if (key.length === 1) this.#typed += key;
    return null;
  }

  #end() {
    const scanned = this.#typed;
    this.#typed = "";
    return scanned.length >= SHORTEST_SCAN ? scanned : null;
  }
}

/** Call back with every scan; the Enter that ends it does nothing else. Returns how to stop. */
export function listen(target, onScan) {
  const wedge = new Wedge();
  const onKey = (event) => {
    const scanned = wedge.press(event.key, event.timeStamp);
    if (scanned === null) return;
    event.preventDefault();
    event.stopPropagation();
    onScan(scanned);
  };
  target.addEventListener("keydown", onKey, true);
  return () => target.removeEventListener("keydown", onKey, true);
}
