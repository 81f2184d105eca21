// Lets the worker keep this page, and says so; says of a copy that it is one, and of when.

const copiedAt = document.documentElement.dataset.kept;
if (copiedAt) {
  const when = new Date(copiedAt).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("[data-kept-when]")) time.textContent = when;
  for (const notice of document.querySelectorAll("[data-kept-notice]")) notice.hidden = false;
}

if ("serviceWorker" in navigator && !copiedAt) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept !== location.pathname) return;
    for (const note of document.querySelectorAll("[data-kept-note]")) note.hidden = false;
  });
  navigator.serviceWorker.register("/tiket-luring.js");
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: location.pathname });
}
