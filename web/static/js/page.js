// What the server says to a page's script: its data, and the words in the reader's language.

// The phone of the demonstration has none: it is no page of the site.
const data = document.getElementById("page-data");
export const page = data ? JSON.parse(data.textContent) : { words: {}, icons: "/aset/img/icons.svg" };

/** Translate an Indonesian text; `{name}` is filled from `values`. */
export function t(text, values = {}) {
  const words = page.words[text] || text;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
