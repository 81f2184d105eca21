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

export const SECONDS_SHOWN = { admitted: 10, refused: 14 };
export const SECONDS_WITHOUT_TYPING = 20;

export const IDLE = { name: "idle" };

/** Return the next state. Scans that arrive while one is being sent are left to be held again. */
export function step(state, event) {
  switch (event.name) {
    case "scan":
      return state.name === "sending" ? state : { name: "sending", ticket: event.ticket };
    case "incomplete":
      return state.name === "sending" ? state : { name: "refused", refusal: { code: "incomplete_read" } };
    case "admitted":
      return { name: "admitted", admission: event.admission };
    case "refused":
      return { name: "refused", refusal: event.refusal };
    case "type":
      return state.name === "sending" ? state : { name: "typing", code: event.code };
    case "done":
      return IDLE;
    default:
      throw new Error(`unknown event ${event.name}`);
  }
}
