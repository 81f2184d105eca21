// The hall board: follows the stream, announces calls, and says plainly when what it shows may be old.

import { html, render, useEffect, useMemo, useState } from "../../vendor/htm-preact/standalone.module.js";
import { BoardStream } from "../board-stream.js";
import { page } from "../page.js";
import * as sound from "../sound.js";
import { Announcer } from "./announcer.js";
import { renewAtNight } from "./renewal.js";
import { say } from "./speech.js";
import { Board } from "./view.js";
import { sentenceOf } from "./words.js";

const SHORTEST_FLASH_MILLISECONDS = 5000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function announce(call) {
  const spoken = sound.chime().then(() => (sound.isAllowed() ? say(sentenceOf(call)) : undefined));
  await Promise.all([spoken, wait(SHORTEST_FLASH_MILLISECONDS)]);
}

function App() {
  const [board, setBoard] = useState(page.board);
  const [announced, setAnnounced] = useState(null);
  const [isLive, setIsLive] = useState(true);
  const [heardAt, setHeardAt] = useState(() => new Date());
  const [isSoundOn, setIsSoundOn] = useState(sound.isAllowed);
  const announcer = useMemo(() => new Announcer({ announce, onChange: setAnnounced }), []);
  useEffect(() => {
    sound.onAllowedChange(setIsSoundOn);
    announcer.take(page.board);
    const onBoard = (next) => {
      setBoard(next);
      setHeardAt(new Date());
      announcer.take(next);
      renewAtNight(page.board.date, next.date);
    };
    new BoardStream(page.office, { onBoard, onLink: setIsLive }).start();
  }, []);
  const onSound = () => sound.allow().then(setIsSoundOn);
  return html`<${Board} ...${{ board, announced, isLive, heardAt, isSoundOn, onSound }} />`;
}

const app = document.getElementById("app");
app.replaceChildren(); // what the server drew
render(html`<${App} />`, app);
