// The demonstration's phone: what a citizen would see on WhatsApp and in the mailbox. Fed by the sandbox:
// GET /messages and the stream /messages/stream. Everything in a message is text, never markup.

import { html, render, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact/standalone.module.js";
import { Icon } from "./js/icon.js";
import { locale, t } from "./phone-words.js";

const hour = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "id-ID", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function App() {
  const { messages, isLive } = useMessages();
  const [wanted, setWanted] = useState(() => new URLSearchParams(location.search).get("to") ?? "");
  const shown = messages.filter((message) => digits(message.to).includes(digits(wanted)));
  const chats = useMemo(() => byNumber(shown.filter(({ channel }) => channel === "whatsapp")), [shown.length, wanted]);
  const [chosen, setChosen] = useState(null);
  const number = chats.has(chosen) ? chosen : (chats.keys().next().value ?? null);
  return html`
    <header class="stage-head">
      <h1 class="brand"><img src="/aset/img/logo.svg" alt="" width="36" height="36" /><span>${t("Ponsel peragaan")}</span></h1>
      <p class="stage-hint">${t("Pesan tidak dikirim ke orang sungguhan; semuanya tampil di sini.")}</p>
      <p class="stage-link ${isLive ? "" : "stage-lost"}" role="status"><${Icon} name=${isLive ? "circle-check" : "offline"} /> ${isLive ? t("Tersambung") : t("Terputus, mencoba lagi…")}</p>
    </header>
    <main class="stage">
      <${People} chats=${chats} number=${number} wanted=${wanted} onWanted=${setWanted} onChoose=${setChosen} />
      <${Phone} number=${number} messages=${chats.get(number) ?? []} />
      <${Mailbox} messages=${shown.filter(({ channel }) => channel === "email").reverse()} />
    </main>
  `;
}

const People = ({ chats, number, wanted, onWanted, onChoose }) => html`
  <section class="people" aria-labelledby="people">
    <h2 id="people">${t("Nomor")}</h2>
    <label class="people-filter">${t("Saring nomor atau surel")}
      <input type="search" value=${wanted} onInput=${(event) => onWanted(event.target.value)} placeholder="0812…" />
    </label>
    <ul class="people-list">
      ${[...chats].map(([to, messages]) => html`
        <li key=${to}><button class="person" aria-pressed=${to === number} onClick=${() => onChoose(to)}>
          <${Icon} name="phone" /> <span>${spaced(to)}</span> <b>${messages.length}</b>
        </button></li>
      `)}
    </ul>
    ${chats.size === 0 && html`<p class="soft">${t("Belum ada nomor.")}</p>`}
  </section>
`;

function Phone({ number, messages }) {
  const chat = useRef(null);
  useEffect(() => chat.current.scrollTo({ top: chat.current.scrollHeight }), [number, messages.length]);
  return html`
    <section class="phone" aria-label="WhatsApp ${number ? spaced(number) : ""}">
      <div class="phone-bar"><span class="phone-face"><${Icon} name="ticket" /></span><div><h2>Antrean Imigrasi</h2><p>${number ? t("kepada {number}", { number: spaced(number) }) : t("akun bisnis")}</p></div></div>
      <ol class="chat" ref=${chat} tabindex="0" aria-live="polite">
        ${messages.map((message) => html`<li key=${message.id} class="bubble"><${Text} text=${message.text} /><time datetime=${message.received_at}>${hour.format(new Date(message.received_at))}</time></li>`)}
        ${messages.length === 0 && html`<li class="chat-none"><${Icon} name="chat" /> ${t("Belum ada pesan. Pesan tiket di halaman antrean, lalu lihat ke sini.")}</li>`}
      </ol>
    </section>
  `;
}

const Mailbox = ({ messages }) => html`
  <section class="mailbox" aria-labelledby="mailbox">
    <h2 id="mailbox"><${Icon} name="mail" /> ${t("Kotak surel")}</h2>
    <ul class="mails">
      ${messages.map((message) => html`
        <li key=${message.id}><details class="mail">
          <summary><b>${message.subject ?? t("(tanpa judul)")}</b><span>${message.to} · ${hour.format(new Date(message.received_at))}</span></summary>
          <${Text} text=${message.text} />
        </details></li>
      `)}
    </ul>
    ${messages.length === 0 && html`<p class="soft">${t("Belum ada surel.")}</p>`}
  </section>
`;

// Links are made clickable, and *words* bold as WhatsApp shows them.
const Text = ({ text }) => html`
  <p class="text">${text.split(/(https?:\/\/[^\s<>"]+|\*[^*\n]+\*)/).map((part, place) => {
    if (place % 2 === 0) return part;
    return part.startsWith("*") ? html`<strong>${part.slice(1, -1)}</strong>` : html`<a href=${part} target="_blank" rel="noreferrer">${part}</a>`;
  })}</p>
`;

function useMessages() {
  const [messages, setMessages] = useState([]);
  const [isLive, setIsLive] = useState(true);
  useEffect(() => {
    const add = (more) => setMessages((known) => merged(known, more));
    const load = async () => {
      const answer = await fetch("/messages").catch(() => null);
      if (answer?.ok) add(await answer.json());
    };
    const stream = new EventSource("/messages/stream");
    stream.addEventListener("open", () => {
      setIsLive(true);
      load();
    });
    stream.addEventListener("message", (event) => add([JSON.parse(event.data)]));
    stream.addEventListener("error", () => setIsLive(false));
    return () => stream.close();
  }, []);
  return { messages, isLive };
}

function merged(known, more) {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !ids.has(id));
  return fresh.length ? [...known, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1)) : known;
}

function byNumber(messages) {
  const chats = new Map();
  for (const message of [...messages].reverse()) chats.set(message.to, [message, ...(chats.get(message.to) ?? [])]);
  return chats;
}

// People write 0812…, WhatsApp 62812….
const digits = (text) => (/^[+\d\s-]+$/.test(text) ? text.replace(/\D/g, "").replace(/^0/, "62") : text.toLowerCase());

const spaced = (number) => number.replace(/^\+?62/, "0").replace(/(\d{4})(?=\d{2,})/g, "$1 ");

document.documentElement.lang = locale;
document.title = `${t("Ponsel peragaan")} – Antrean`;
render(html`<${App} />`, document.getElementById("app"));
