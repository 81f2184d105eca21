// Who says a call: the office's own recordings, else the device's voice, else the server's, else nobody but
// the bell. A way that fails is followed by the next one.
//
//     clips ──▶ device ──▶ server ──▶ (the bell alone)

import { page } from "../page.js";
import * as sound from "../sound.js";
import { say, voiceOf } from "./speech.js";
import { clipsOf, sentenceOf } from "./words.js";

const LONGEST_FETCH_MILLISECONDS = 6000;

const WAYS = [
  { name: "clips", has: (language) => language in page.clips, speak: playClips },
  { name: "device", has: (language) => voiceOf(language) !== undefined, speak: (call, language) => say(sentenceOf(call, language), language) },
  { name: "server", has: (language) => page.server_voices.includes(language), speak: playFromServer },
];

/** Tell the way in which a language is said now: `clips`, `device`, `server`; null with the bell alone. */
export function wayOf(language) {
  const way = WAYS.find(({ has }) => has(language));
  return way ? way.name : null;
}

/** Say a call in these languages, one after the other; resolves when it is over, said or not. */
export async function speak(call, languages) {
  for (const language of languages) {
    for (const way of WAYS) {
      if (way.has(language) && (await way.speak(call, language))) break;
    }
  }
}

async function playClips(call, language) {
  const addresses = clipsOf(call, page.clips[language]);
  const recordings = addresses && (await Promise.all(addresses.map(recordingOf)));
  if (!recordings || recordings.includes(null)) return false;
  for (const recording of recordings) await sound.play(recording);
  return true;
}

async function playFromServer(call, language) {
  const recording = await load(`/v1/offices/${page.office}/announcements/${call.number}/${call.counter}/${language}.wav`);
  if (recording !== null) await sound.play(recording);
  return recording !== null;
}

const recordings = new Map(); // an office's clips are few and small, and said all day

async function recordingOf(address) {
  if (!recordings.has(address)) {
    const recording = await load(address);
    if (recording === null) return null;
    recordings.set(address, recording);
  }
  return recordings.get(address);
}

/** Fetch and decode a recording; null where it cannot be had in time: then somebody else speaks. */
function load(address) {
  const tooLate = new Promise((resolve) => setTimeout(resolve, LONGEST_FETCH_MILLISECONDS, null));
  const loaded = fetch(address)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : null))
    .then((data) => data && sound.decode(data));
  return Promise.race([loaded.catch(() => null), tooLate]);
}
