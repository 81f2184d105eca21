// The session of a paired device, as its browser keeps it. Without a network nothing changes: the token counts on.

const FOREVER = Infinity;

/** For how many seconds the token counts; null when it counts no more, Infinity when nobody can say now. */
export async function session() {
  const answer = await asked("/pasang/sesi", { headers: { Accept: "application/json" } });
  if (answer?.ok) return (await answer.json()).expires_in_seconds;
  return answer?.status === 401 || answer?.status === 403 ? null : FOREVER;
}

/** Renew it: "renewed", "ended" when the device is none any more, "later" when nobody could say. */
export async function renewed() {
  // One tab at a time, where the browser can: each renewal replaces the secret of the one before.
  const renew = () => asked("/pasang/perpanjang", { method: "POST", headers: { Accept: "application/json" } });
  const answer = navigator.locks ? await navigator.locks.request("antrean-device", renew) : await renew();
  if (answer?.ok) return "renewed";
  return answer?.status === 401 ? "ended" : "later";
}

const asked = (path, options) => fetch(path, { ...options, signal: AbortSignal.timeout(9000) }).catch(() => null);
