// What the kiosk shows, and for how long.
//
//        ┌──────────── code typed ◀── typing ◀── "type the code" ──┐
//        ▼                              │ nobody types             │
//     sending ◀── scan, camera ─────── idle ◀──────────────────────┘
//        │ admitted    │ refused        ▲
//        ▼             ▼                │
//     admitted      refused ── seconds ─┘     the next person's scan replaces either at once
//                      ▲
//                      └── a scan that lost letters on its way, from everywhere but `sending`
//
//     idle ── "no ticket yet" ──▶ walk_in ── a number is wanted ──▶ taking ──▶ issued, refused
//
// While something is on its way (`sending`, `taking`) nothing else begins.

export const SECONDS_SHOWN = { admitted: 10, refused: 14, issued: 30 };
export const SECONDS_WITHOUT_TYPING = 20;

export const IDLE = { name: "idle" };

const isOnItsWay = (state) => state.name === "sending" || state.name === "taking";

/** Return the next state. Scans that arrive while one is being sent are left to be held again. */
export function step(state, event) {
  switch (event.name) {
    case "scan":
      return isOnItsWay(state) ? state : { name: "sending", ticket: event.ticket };
    case "incomplete":
      return isOnItsWay(state) ? state : { name: "refused", refusal: { code: "incomplete_read" } };
    case "admitted":
      return { name: "admitted", admission: event.admission };
    case "refused":
      return { name: "refused", refusal: event.refusal };
    case "type":
      return isOnItsWay(state) ? state : { name: "typing", code: event.code };
    case "walk_in":
      return isOnItsWay(state) ? state : { name: "walk_in" };
    case "take":
      return { name: "taking", wish: event.wish };
    case "issued":
      return { name: "issued", admission: event.admission };
    case "done":
      return IDLE;
    default:
      throw new Error(`unknown event ${event.name}`);
  }
}
