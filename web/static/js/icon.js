// The icons of img/icons.svg for script-made pages.

import { html } from "../vendor/htm-preact/standalone.module.js";
import { page } from "./page.js";

export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true"><use href="${page.icons}#${name}" /></svg>`;
