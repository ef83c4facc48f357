// The picture of a call of the past, as small as a word: where in the line it came to its end.
import type { WirePastCall } from "../../wire/wire.js";

type Where = "connected" | "own-phone" | "their-phone" | "somewhere" | "unknown";

/** Our own leg is drawn as answered only if that's known: the history seldom says whose phone it was. */
function whereOf({ incoming, end: { cause, party } }: WirePastCall): Where {
  if (cause === "unknown") return "unknown";
  if (cause === "completed" || cause === "forwarded") return "connected";
  if (party === (incoming ? "callee" : "caller")) return "own-phone";
  return party === "callee" ? "their-phone" : "somewhere";
}

export function MiniPicture({ call }: { readonly call: WirePastCall }) {
  const where = whereOf(call);
  return (
    <svg class="mini" aria-hidden="true" viewBox="0 0 40 12" data-where={where}>
      {where === "connected" && <path class="on" d="M4 6h32" />}
      {where === "their-phone" && <path class="on" d="M4 6h15" />}
      {where === "their-phone" && <path class="no" d="m23 3 6 6m0-6-6 6" />}
      {where === "own-phone" && <path class="no" d="m11 3 6 6m0-6-6 6" />}
      {where === "somewhere" && <path d="M10 6h2m16 0h2" />}
      {where === "somewhere" && <path class="no" d="m17 3 6 6m0-6-6 6" />}
      {where === "unknown" && <path class="what" d="M8 6h24" />}
      <circle class={where === "connected" || where === "their-phone" ? "full" : ""} cx="4" cy="6" r="4" />
      <circle class={where === "connected" ? "full" : ""} cx="36" cy="6" r="4" />
    </svg>
  );
}
