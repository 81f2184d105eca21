// A clock with hands, for who knows the hour by the look of it.

import { html } from "../../vendor/htm-preact/standalone.module.js";

const TICKS = Array.from({ length: 12 }, (_, hour) => hour * 30);

/** `instant` is ISO 8601 with the offset of the place: its own hour is shown. */
export function ClockFace({ instant }) {
  const [hours, minutes] = instant.slice(11, 16).split(":").map(Number);
  return html`
    <svg class="clock-face" viewBox="-50 -50 100 100" aria-hidden="true">
      <circle r="46" />
      ${TICKS.map((angle) => html`<line class="clock-tick" y1="-41" y2="-36" transform="rotate(${angle})" />`)}
      <line class="clock-hours" y2="-22" transform="rotate(${(hours % 12) * 30 + minutes / 2})" />
      <line class="clock-minutes" y2="-33" transform="rotate(${minutes * 6})" />
    </svg>
  `;
}
