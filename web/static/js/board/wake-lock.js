// Keeping the screen on while it is looked at, where the browser can. It lets go of the lock whenever the page
// is hidden, so it is asked for anew when the page is back.

/** Keep the screen awake; `onChange(isHeld)` tells whether it is. */
export function keepAwake(onChange = () => {}) {
  if (!navigator.wakeLock) return onChange(false);
  const hold = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => onChange(false));
      onChange(true);
    } catch (refused) {
      onChange(false); // on a low battery, for example
    }
  };
  document.addEventListener("visibilitychange", hold);
  hold();
}
