// The device's own Indonesian voice, where it has one.

const LONGEST_MILLISECONDS = 15000; // some browsers forget to say that they have finished

/** Return the Indonesian voice, undefined when the device has none. Old systems call the language "in". */
export function indonesianVoice() {
  return globalThis.speechSynthesis?.getVoices().find(({ lang }) => /^(id|in)\b/i.test(lang));
}

/** Say a sentence; resolves when it was said, or at once without a voice. */
export function say(sentence) {
  const voice = indonesianVoice();
  if (!voice) return Promise.resolve();
  const utterance = new SpeechSynthesisUtterance(sentence);
  Object.assign(utterance, { voice, lang: "id-ID", rate: 0.9 });
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      speechSynthesis.cancel();
      resolve();
    }, LONGEST_MILLISECONDS);
    utterance.onend = utterance.onerror = () => {
      clearTimeout(deadline);
      resolve();
    };
    speechSynthesis.speak(utterance);
  });
}
