// The time of day in an office's own zone, whatever the device's clock is set to show.

import { useEffect, useState } from "../vendor/htm-preact/standalone.module.js";

/** A component's `now`, renewed every second. */
export function useNow() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** 09.41 in Indonesian, 09:41 in English; with seconds when asked. */
export function hourWords(instant, { timezone, locale, seconds = false }) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone };
  if (seconds) form.second = "2-digit";
  return new Intl.DateTimeFormat(locale === "id" ? "id-ID" : "en-GB", form).format(instant);
}

/** Selasa, 24 November 2026. */
export function dayWords(instant, { timezone, locale }) {
  const form = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: timezone };
  return new Intl.DateTimeFormat(locale === "id" ? "id-ID" : "en-GB", form).format(instant);
}
