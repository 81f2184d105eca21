// A board runs for months; it loads itself anew when a new day begins, to get the present version.

let isRenewing = false;

/** Reload once the board's day is another than the page's, if the page can be had. */
export async function renewAtNight(dayOfPage, dayOfBoard) {
  if (dayOfPage === dayOfBoard || isRenewing) return;
  isRenewing = true;
  const answer = await fetch(location.href).catch(() => null);
  if (answer && answer.ok) location.reload();
  else isRenewing = false;
}
