// The hall board: follows the stream, announces calls, and says plainly when what it shows may be old.

import { html, render, useEffect, useMemo, useState } from "../../vendor/htm-preact/standalone.module.js";
import { page } from "../page.js";
import * as sound from "../sound.js";
import { Announcer } from "./announcer.js";
import { useBoard } from "./follow.js";
import { Board } from "./view.js";
import { speak } from "./voice.js";

const SHORTEST_FLASH_MILLISECONDS = 5000;
const RUSH = 2; // so many who wait behind a call: it is said in the first language alone

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function announce(call, behind) {
  const languages = behind >= RUSH ? page.voices.slice(0, 1) : page.voices;
  const spoken = sound.chime().then(() => (sound.isAllowed() ? speak(call, languages) : undefined));
  await Promise.all([spoken, wait(SHORTEST_FLASH_MILLISECONDS)]);
}

function App() {
  const [announced, setAnnounced] = useState(null);
  const [isSoundOn, setIsSoundOn] = useState(sound.isAllowed);
  const announcer = useMemo(() => new Announcer({ announce, onChange: setAnnounced }), []);
  const followed = useBoard((board) => announcer.take(board));
  useEffect(() => sound.onAllowedChange(setIsSoundOn), []);
  const onSound = () => sound.allow().then(setIsSoundOn);
  return html`<${Board} ...${followed} ...${{ announced, isSoundOn, onSound }} />`;
}

const app = document.getElementById("app");
app.textContent = ""; // what the server drew
render(html`<${App} />`, app);
