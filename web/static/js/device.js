// On every page of a paired device: its session is renewed before it is over, and nobody notices. A device that
// was revoked goes back to the pairing page within a minute.

import { renewed, session } from "./pairing/session.js";

const LOOK_EVERY_MILLISECONDS = 60 * 1000;
const TOKEN_LEFT_SECONDS = 11 * 3600; // of twelve hours: so a device is heard of every hour

let isLooking = false;

async function look() {
  if (isLooking) return;
  isLooking = true;
  try {
    const left = await session();
    if (left === null || left < TOKEN_LEFT_SECONDS) {
      if ((await renewed()) === "ended") location.replace("/pasang?lepas=1");
    }
  } finally {
    isLooking = false;
  }
}

addEventListener("session-over", look);
setInterval(look, LOOK_EVERY_MILLISECONDS);
look();
