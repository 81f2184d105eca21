// What time it is at the server, by the Date of its answers: a device's own clock may be minutes off.

let ahead = 0;

/** Take note of an answer's Date, which is told in whole seconds. */
export function hearDate(header) {
  const told = Date.parse(header);
  if (!Number.isNaN(told)) ahead = told + 500 - Date.now();
}

/** Return how many whole seconds are left until an instant, as the services write it; 0 when it is over. */
export function secondsUntil(instant) {
  if (!instant) return 0;
  return Math.max(0, Math.ceil((Date.parse(instant) - Date.now() - ahead) / 1000));
}

/** Return how many whole minutes have passed since an instant. */
export function minutesSince(instant) {
  return Math.max(0, Math.floor((Date.now() + ahead - Date.parse(instant)) / 60000));
}
