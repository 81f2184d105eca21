// The screen on top of one counter: whom it serves, in both languages, large. The hall's board speaks.

import { html, render } from "../../vendor/htm-preact/standalone.module.js";
import { page } from "../page.js";
import { Icon } from "../icon.js";
import { useBoard } from "./follow.js";
import { Lost } from "./lost.js";

// Both languages stand there at once, so these are not translated.
const WORDS = {
  called: ["Silakan", "Please come"],
  open: ["Siap", "Ready"],
  paused: ["Istirahat", "On break"],
  closed: ["Tutup", "Closed"],
  unknown: ["Tunggu", "Please wait"], // a state that this page does not know yet
};
const ICONS = { called: "arrow-right", open: "check", paused: "hourglass", closed: "ban", unknown: "hourglass" };

/** What the counter shows: the ticket at it, else its own state; one not on the board was never opened. */
function shownOf(board) {
  const counter = board.counters.find((one) => one.counter === page.counter) || { state: "closed", number: null };
  if (counter.state !== "closed" && counter.number) {
    const call = board.calls.find((one) => one.number === counter.number && one.counter === page.counter);
    return { state: "called", number: counter.number, name: (call && call.display_name) || "", calledAt: call ? call.called_at : "" };
  }
  return { state: counter.state in WORDS ? counter.state : "unknown", number: null, name: "", calledAt: "" };
}

function CounterTop() {
  const { board, isLive, heardAt } = useBoard();
  const { state, number, name, calledAt } = shownOf(board);
  const [first, second] = WORDS[state];
  return html`
    <div class="top top-${state}">
      <header class="top-head"><h1 lang="id">Loket <b class="numerals">${page.counter}</b></h1><p lang="en">Counter <b class="numerals">${page.counter}</b></p></header>
      ${isLive ? null : html`<${Lost} heardAt=${heardAt} />`}
      <main class="top-main" aria-live="polite">
        ${number && html`<p key=${`${number} ${calledAt}`} class="top-number numerals">${number}</p>`}
        ${number && html`<p class="top-name">${name}</p>`}
        <p class="top-state"><${Icon} name=${ICONS[state]} /> <span lang="id">${first}</span> <span lang="en" class="top-second">${second}</span></p>
      </main>
    </div>
  `;
}

const app = document.getElementById("app");
app.textContent = ""; // what the server drew
render(html`<${CounterTop} />`, app);
