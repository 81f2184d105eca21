// How long something takes, in words: 1 jam 42 menit, as the server writes it.

/** Write minutes in the page's language. */
export function durationWords(minutes) {
  const hours = Math.floor(minutes / 60);
  const parts = [[hours, "hour"], [minutes % 60, "minute"]].filter(([count]) => count > 0);
  const words = ([count, unit]) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return parts.map(words).join(" ");
}
