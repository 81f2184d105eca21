// Asking our own API. What is refused, and what goes wrong on the way, arrives as one kind of error.

import { t } from "./page.js";
import { hearDate } from "./server-clock.js";

const LONGEST_WAIT_MILLISECONDS = 9000;

/** A request that did not succeed: `code` and `data` for programs, `title` and `detail` for people. */
export class Refusal extends Error {
  constructor({ code, title, detail = "", status = 0, ...data }) {
    super(code);
    Object.assign(this, { code, title, detail, status, data });
  }
}

/** GET, or POST when there is a body; returns the answer's JSON. Throws Refusal. */
export async function ask(path, body) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), LONGEST_WAIT_MILLISECONDS);
  try {
    const answer = await send(path, body, giveUp.signal);
    hearDate(answer.headers.get("Date"));
    const data = await answer.json().catch(() => null);
    if (answer.ok && data !== null) return data;
    if (answer.status === 401) dispatchEvent(new Event("session-over"));
    throw new Refusal(data && data.code ? Object.assign({}, data, { status: answer.status }) : broken(answer.status));
  } finally {
    clearTimeout(timer);
  }
}

async function send(path, body, signal) {
  const options = { headers: { Accept: "application/json" }, signal };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  try {
    return await fetch(path, options);
  } catch (fault) {
    throw new Refusal(signal.aborted ? slow() : unreachable());
  }
}

const slow = () => ({
  code: "no_answer",
  title: t("Sistem belum menjawab."),
  detail: t("Tunggu sebentar, lalu coba lagi."),
});

const unreachable = () => ({
  code: "offline",
  title: t("Tidak ada sambungan."),
  detail: t("Periksa jaringan, lalu coba lagi."),
});

const broken = (status) => ({
  code: "internal",
  title: t("Terjadi kesalahan pada sistem."),
  detail: t("Coba lagi sebentar lagi."),
  status,
});
