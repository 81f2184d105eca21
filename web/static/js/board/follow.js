// A component's board: kept up to date by the stream, with how long ago it was last heard of.

import { useEffect, useState } from "../../vendor/htm-preact/standalone.module.js";
import { BoardStream } from "../board-stream.js";
import { page } from "../page.js";
import { renewAtNight } from "./renewal.js";
import { keepAwake } from "./wake-lock.js";

/** Return `{ board, isLive, heardAt, isAwake }`; `onBoard` gets every board, the page's own first. */
export function useBoard(onBoard = () => {}) {
  const [board, setBoard] = useState(page.board);
  const [isLive, setIsLive] = useState(true);
  const [heardAt, setHeardAt] = useState(() => new Date());
  const [isAwake, setIsAwake] = useState(true);
  useEffect(() => {
    onBoard(page.board);
    const take = (next) => {
      setBoard(next);
      setHeardAt(new Date());
      onBoard(next);
      renewAtNight(page.board.date, next.date);
    };
    new BoardStream(page.office, { onBoard: take, onLink: setIsLive }).start();
    keepAwake(setIsAwake);
    document.documentElement.setAttribute("data-followed", ""); // the server's page need not renew itself
  }, []);
  return { board, isLive, heardAt, isAwake };
}
