// Short sounds made on the spot. Browsers stay silent until somebody touches the page: `isAllowed` tells.

let context = null;

function audio() {
  context ??= new AudioContext();
  return context;
}

/** Tell whether a sound would be heard now. */
export function isAllowed() {
  return audio().state === "running";
}

/** Ask for sound; works inside the handler of a click or a key. */
export async function allow() {
  await audio().resume();
  return isAllowed();
}

/** Call back whenever sound becomes allowed or not. */
export function onAllowedChange(callback) {
  audio().addEventListener("statechange", () => callback(isAllowed()));
}

/** Three rising bells before a call; resolves when they have faded. */
export const chime = () => play([[659, 0], [784, 0.22], [1047, 0.44]], 0.9);

/** Two quick high tones: done. */
export const good = () => play([[880, 0], [1320, 0.12]], 0.25);

/** Two low tones: not done. */
export const bad = () => play([[311, 0], [233, 0.2]], 0.35);

function play(notes, ringSeconds) {
  if (!isAllowed()) return Promise.resolve();
  const starts = audio().currentTime;
  for (const [frequency, delay] of notes) tone(frequency, starts + delay, ringSeconds);
  const lasts = notes.at(-1)[1] + ringSeconds;
  return new Promise((resolve) => setTimeout(resolve, lasts * 1000));
}

function tone(frequency, starts, ringSeconds) {
  const source = new OscillatorNode(audio(), { frequency, type: "sine" });
  const volume = new GainNode(audio(), { gain: 0 });
  volume.gain.setValueAtTime(0, starts);
  volume.gain.linearRampToValueAtTime(0.35, starts + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, starts + ringSeconds);
  source.connect(volume).connect(audio().destination);
  source.start(starts);
  source.stop(starts + ringSeconds);
}
