// What the server says to a page's script: its data, and the words in the reader's language.

export const page = JSON.parse(document.getElementById("page-data").textContent);

/** Translate an Indonesian text; `{name}` is filled from `values`. */
export function t(text, values = {}) {
  const words = page.words[text] || text;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
