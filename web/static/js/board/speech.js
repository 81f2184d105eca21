// The device's own voices, where it has them.

const LONGEST_MILLISECONDS = 15000; // some browsers forget to say that they have finished
const LANGUAGES = { id: /^(id|in)\b/i, en: /^en\b/i }; // old systems call Indonesian "in"
const REGION = { id: "id-ID", en: "en-GB" };

/** Return the device's voice of a language, undefined where it has none. */
export function voiceOf(language) {
  const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
  return voices.find(({ lang }) => LANGUAGES[language].test(lang));
}

/** Say a sentence; resolves when that is over, with whether it was said. */
export function say(sentence, language) {
  const utterance = new SpeechSynthesisUtterance(sentence);
  Object.assign(utterance, { voice: voiceOf(language), lang: REGION[language], rate: 0.9 });
  return new Promise((resolve) => {
    const finish = (wasSaid) => {
      clearTimeout(deadline);
      resolve(wasSaid);
    };
    const deadline = setTimeout(() => {
      speechSynthesis.cancel();
      finish(true);
    }, LONGEST_MILLISECONDS);
    utterance.onend = () => finish(true);
    utterance.onerror = () => finish(false);
    speechSynthesis.speak(utterance);
  });
}
