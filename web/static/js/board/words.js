// How a call is said aloud, in each language.

const DIGITS = {
  id: ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
};
const HIDDEN = "•";
const SPOKEN_ADDRESS = { "Sdr.": "Saudara", "Sdri.": "Saudari" };
const SENTENCES = {
  id: ({ letter, digits, person, counter }) => `Nomor antrean ${letter}, ${digits}.${person} Silakan ke loket ${counterWords(counter)}.`,
  en: ({ letter, digits, person, counter }) => `Number ${letter}, ${digits}.${person} Please go to counter ${counter}.`,
};

/** "Nomor antrean A, nol nol satu. Pak Andi. Silakan ke loket satu."; of a masked name nothing is said. */
export function sentenceOf({ number, display_name: name, counter }, language) {
  const [letter, figures] = number.split("-");
  const digits = Array.from(figures, (figure) => DIGITS[language][figure]).join(" ");
  const person = name && name.indexOf(HIDDEN) < 0 ? ` ${spokenName(name)}.` : "";
  return SENTENCES[language]({ letter, digits, person, counter });
}

/**
 * The recordings that say a call, as the office's folder names them; null where one is missing. A counter's
 * number is one recording where there is one, else its figures.
 */
export function clipsOf({ number, counter }, clips) {
  const [letter, figures] = number.toLowerCase().split("-");
  const at = String(counter) in clips ? [String(counter)] : Array.from(String(counter));
  const names = ["nomor-antrean", letter, ...figures, "silakan-ke-loket", ...at];
  return names.every((name) => name in clips) ? names.map((name) => clips[name]) : null;
}

function counterWords(number) {
  const digits = DIGITS.id;
  if (number < 10) return digits[number];
  if (number === 10) return "sepuluh";
  if (number === 11) return "sebelas";
  if (number < 20) return `${digits[number - 10]} belas`;
  const rest = number % 10;
  return `${digits[Math.floor(number / 10)]} puluh${rest ? ` ${digits[rest]}` : ""}`;
}

function spokenName(name) {
  const [address, ...rest] = name.split(" ");
  return [SPOKEN_ADDRESS[address] || address, ...rest].join(" ");
}
