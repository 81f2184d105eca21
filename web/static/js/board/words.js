// How a call is said aloud. Calls are spoken in Indonesian, whatever the page's language.

const DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
const HIDDEN = "•";
const SPOKEN_ADDRESS = { "Sdr.": "Saudara", "Sdri.": "Saudari" };

/** "Nomor antrean A, nol nol satu. Pak Andi. Silakan ke loket satu."; of a masked name nothing is said. */
export function sentenceOf({ number, display_name: name, counter }) {
  const [letter, digits] = number.split("-");
  const spelled = [...digits].map((digit) => DIGITS[digit]).join(" ");
  const person = name && !name.includes(HIDDEN) ? ` ${spokenName(name)}.` : "";
  return `Nomor antrean ${letter}, ${spelled}.${person} Silakan ke loket ${numberWords(counter)}.`;
}

/** Say a counter's number, 1 to 99, in words. */
export function numberWords(number) {
  if (number < 10) return DIGITS[number];
  if (number === 10) return "sepuluh";
  if (number === 11) return "sebelas";
  if (number < 20) return `${DIGITS[number - 10]} belas`;
  const rest = number % 10;
  return `${DIGITS[Math.floor(number / 10)]} puluh${rest ? ` ${DIGITS[rest]}` : ""}`;
}

function spokenName(name) {
  const [address, ...rest] = name.split(" ");
  return [SPOKEN_ADDRESS[address] ?? address, ...rest].join(" ");
}
