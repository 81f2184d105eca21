// Renews the head's day by itself: soon after the hall's board changed, and every few seconds while it is looked
// at. Without a script the page is reloaded by hand.

const SHORTEST_MILLISECONDS = 2000;
const LOOKED_AT_MILLISECONDS = 5000;

let lastAt = performance.now();
let isUnderWay = false;

async function renew() {
  if (isUnderWay || document.hidden || performance.now() - lastAt < SHORTEST_MILLISECONDS) return;
  isUnderWay = true;
  const answer = await fetch(location.href).catch(() => null); // cut off: what is shown says of what hour it is
  if (answer?.ok && !answer.redirected) show(await answer.text());
  lastAt = performance.now();
  isUnderWay = false;
}

// What is the same is not touched, so that nothing is read out twice; what has the focus keeps it.
function show(page) {
  const renewed = new DOMParser().parseFromString(page, "text/html");
  if (!renewed.querySelector('[data-renewed="day"]')) return; // check-in is away: what is shown says of what hour it is
  for (const shown of document.querySelectorAll("[data-renewed]")) {
    const next = renewed.querySelector(`[data-renewed="${shown.dataset.renewed === "away" ? "day" : shown.dataset.renewed}"]`);
    if (next.innerHTML === shown.innerHTML) continue;
    const focused = shown.contains(document.activeElement) ? document.activeElement.id : "";
    shown.replaceWith(next);
    if (focused) (document.getElementById(focused) ?? document.getElementById("isi")).focus({ preventScroll: true });
  }
}

const office = location.pathname.split("/")[2];
new EventSource(`/v1/offices/${office}/board/stream`).addEventListener("board", renew);
setInterval(renew, LOOKED_AT_MILLISECONDS);
document.addEventListener("visibilitychange", renew);
