// The demonstration phone's words in the browser's language. The Indonesian text is the key, as everywhere;
// the page is served without the gateway, so its English is here.

const ENGLISH = {
  "Ponsel peragaan": "Demonstration phone",
  "Pesan tidak dikirim ke orang sungguhan; semuanya tampil di sini.": "No real person gets a message; they all appear here.",
  "Tersambung": "Connected",
  "Terputus, mencoba lagi…": "Disconnected, trying again…",
  "Nomor": "Numbers",
  "Saring nomor atau surel": "Filter by number or e-mail",
  "Belum ada nomor.": "No number yet.",
  "kepada {number}": "to {number}",
  "akun bisnis": "business account",
  "Belum ada pesan. Pesan tiket di halaman antrean, lalu lihat ke sini.": "No message yet. Book a ticket on the queue's pages, then look here.",
  "Kotak surel": "Mailbox",
  "(tanpa judul)": "(no subject)",
  "Belum ada surel.": "No e-mail yet.",
};

/** `id` or `en`: the first of the two that the browser asks for. */
export const locale = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => one === "id" || one === "en") ?? "id";

/** Translate an Indonesian text; `{name}` is filled from `values`. */
export function t(text, values = {}) {
  const words = locale === "en" ? ENGLISH[text] : text;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
