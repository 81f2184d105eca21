// The time of day in an office's own zone, whatever the device's clock is set to show.

import { useEffect, useState } from "../vendor/htm-preact/standalone.module.js";
import { t } from "./page.js";

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

/** How long ago, counting: 45 detik, 2 menit 5 detik, 3 jam 12 menit. */
export function ageWords(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return t("{seconds} detik lalu", { seconds });
  if (minutes < 60) return t("{minutes} menit {seconds} detik lalu", { minutes, seconds: seconds % 60 });
  return t("{hours} jam {minutes} menit lalu", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
