// On every page of a paired device: its session is renewed long before it is over, and nobody notices. A device
// that was revoked goes back to the pairing page within a minute.

import { renewed, session } from "./pairing/session.js";

const LOOK_EVERY_MILLISECONDS = 60 * 1000;
const RENEW_EVERY_MILLISECONDS = 60 * 60 * 1000; // so the head sees which devices are there
const LEAST_LEFT_SECONDS = 600;
const RENEWED_AT = "antrean-device-renewed-at"; // for all tabs and all pages of this device

let isLooking = false;

async function look() {
  if (isLooking) return;
  isLooking = true;
  try {
    const left = await session();
    if (left === null || left < LEAST_LEFT_SECONDS || isDue()) await renew();
  } finally {
    isLooking = false;
  }
}

async function renew() {
  const outcome = await renewed();
  if (outcome === "renewed") localStorage.setItem(RENEWED_AT, String(Date.now()));
  if (outcome === "ended") location.replace("/pasang?lepas=1");
}

// A clock that was set back does not put it off either.
const isDue = () => Math.abs(Date.now() - Number(localStorage.getItem(RENEWED_AT))) > RENEW_EVERY_MILLISECONDS;

addEventListener("session-over", look);
setInterval(look, LOOK_EVERY_MILLISECONDS);
look();
