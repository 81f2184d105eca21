// The icons of img/icons.svg for script-made pages.

import { html } from "../vendor/htm-preact/standalone.module.js";

const SPRITE = new URL("../img/icons.svg", import.meta.url).pathname;

export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true"><use href="${SPRITE}#${name}" /></svg>`;
