// Short sounds made on the spot. Browsers stay silent until somebody touches the page: `isAllowed` tells.

const LATE_MILLISECONDS = 1000; // a sound that the browser stopped never says that it ended

let context = null;

function audio() {
  if (context === null) context = new AudioContext();
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
export const chime = () => ring([[659, 0], [784, 0.22], [1047, 0.44]], 0.9);

/** Two quick high tones: done. */
export const good = () => ring([[880, 0], [1320, 0.12]], 0.25);

/** Two low tones: not done. */
export const bad = () => ring([[311, 0], [233, 0.2]], 0.35);

/** Make a sound of a file's bytes; rejects what is none. */
export const decode = (data) => new Promise((resolve, reject) => audio().decodeAudioData(data, resolve, reject));

/** Play a decoded sound; resolves when it is over, or when it should long be. */
export function play(recording) {
  const source = new AudioBufferSourceNode(audio(), { buffer: recording });
  source.connect(audio().destination);
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(deadline);
      source.disconnect();
      resolve();
    };
    const deadline = setTimeout(finish, recording.duration * 1000 + LATE_MILLISECONDS);
    source.onended = finish;
    source.start();
  });
}

function ring(notes, ringSeconds) {
  if (!isAllowed()) return Promise.resolve();
  const starts = audio().currentTime;
  for (const [frequency, delay] of notes) tone(frequency, starts + delay, ringSeconds);
  const lasts = notes[notes.length - 1][1] + ringSeconds;
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
