// The picture of the two legs, always in the same place. The list below it says the same in words.

import { Icon, type IconName } from "../frame/icon.js";
import { words } from "../words/words.js";
import type { Leg } from "./describe-call.js";

interface Party {
  readonly leg: Leg;
  readonly icon: IconName;
  readonly name: string;
}

interface LegsPictureProps {
  readonly near: Party;
  readonly far: Party;
  /** Of a second call. */
  readonly third?: Party | undefined;
}

export function LegsPicture({ near, far, third }: LegsPictureProps) {
  const { you, sipgate, them, third: other } = words.value;
  return (
    <div class="legs">
      <svg aria-hidden="true" class={third === undefined ? "" : "three"}>
        <LegLine side="near" {...near} />
        <LegLine side="far" {...far} />
        {third !== undefined && <LegLine side="third" {...third} />}
        <circle class="sipgate" cx="50%" cy="32" r="6" />
      </svg>
      <ol>
        <PartyWords who={you} party={near} />
        <li>{sipgate}</li>
        <PartyWords who={them} party={far} />
        {third !== undefined && <PartyWords who={other} party={third} isThird />}
      </ol>
    </div>
  );
}

interface PartyWordsProps {
  readonly who: string;
  readonly party: Party;
  readonly isThird?: boolean;
}

function PartyWords({ who, party, isThird = false }: PartyWordsProps) {
  return (
    <li class={isThird ? "third" : ""}>
      <b>{who}</b>
      {party.name !== "" && <span>{party.name}</span>}
      <span class="word" data-look={party.leg.look}>
        {words.value.legs[party.leg.word]}
      </span>
    </li>
  );
}

/** The line may be as long as it likes; the marks on it keep their size. */
function LegLine({ side, leg, icon }: { readonly side: "near" | "far" | "third" } & Party) {
  const isNear = side === "near";
  const towards = isNear ? 1 : -1;
  const [y, middle] = side === "third" ? [96, 64] : [32, 32];
  return (
    <g data-look={leg.look}>
      <line x1="50%" y1="32" x2={isNear ? "0%" : "100%"} y2={y} />
      <svg x={isNear ? "28%" : "72%"} y={middle} overflow="visible" aria-hidden="true">
        <Mark look={leg.look} />
      </svg>
      <svg x={isNear ? "0%" : "100%"} y={y} overflow="visible" aria-hidden="true">
        {leg.look === "failed" && (
          <g class="mark">
            <rect x={towards * 35 - 12} y="-9" width="24" height="18" />
            <path d={`m${towards * 35 - 5}-5 10 10m0-10-10 10`} />
          </g>
        )}
        <path class="wave" d="M-26-11a28 28 0 0 1 15-15" />
        <path class="wave" d="M11-26a28 28 0 0 1 15 15" />
        <circle r="21" />
        <Icon name={icon} x={-12} y={-12} />
      </svg>
    </g>
  );
}

const MARKS: Partial<Readonly<Record<Leg["look"], string>>> = {
  held: "M-4-6v12M4-6v12",
  ended: "M-9-6v12M9-6v12",
  unknown: "M-4-4c0-5 8-5 8 0 0 3-4 3-4 5M0 7h.1",
};

function Mark({ look }: { readonly look: Leg["look"] }) {
  const path = MARKS[look];
  if (path === undefined) return null;
  return (
    <g class="mark">
      <rect x="-10" y="-9" width="20" height="18" />
      <path d={path} />
    </g>
  );
}
