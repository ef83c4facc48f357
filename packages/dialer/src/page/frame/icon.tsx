// Drawn on a grid of 24, as lines.
const PATHS = {
  phone:
    "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4 5.7 2 2 0 0 1 6 3.5Z",
  desk: "M4 9c0-4.5 16-4.5 16 0v1.5h-4.5V9h-7v1.5H4ZM7 11l-2 8.5h14L17 11M10 14.5h.1M14 14.5h.1M10 17h.1M14 17h.1",
  mobile: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM11 18h2",
  browser: "M3.5 5h17v14h-17ZM3.5 9h17M6 7h.1M8.5 7h.1",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  muted:
    "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M4 4l16 16",
  hold: "M9 5v14M15 5v14",
  keypad: "M6 5h.1M12 5h.1M18 5h.1M6 12h.1M12 12h.1M18 12h.1M6 19h.1M12 19h.1M18 19h.1",
  transfer: "M4 18v-3a5 5 0 0 1 5-5h11M15 5l5 5-5 5",
  record: "M12 4a8 8 0 1 1-.1 0ZM12 9.5a2.5 2.5 0 1 1-.1 0Z",
  note: "M5 4h14v10l-5 6H5ZM19 14h-5v6M8.5 8.5h7M8.5 12h4",
  settings: "M4 7h8M18 7h2M4 17h2M12 17h8M15 4.8a2.2 2.2 0 1 1-.1 0ZM9 14.8a2.2 2.2 0 1 1-.1 0Z",
  search: "M10.5 4.5a6 6 0 1 1-.1 0ZM15 15l5 5",
  care: "M12 4 3 19.5h18ZM12 10v4.5M12 17.2h.1",
  close: "M6 6l12 12M18 6 6 18",
  check: "m4.5 12.5 5 5L19.5 7",
  "hang-up": "M3 14.5c4-5 14-5 18 0l-1.5 2.5-4.5-1.5v-2.2a10 10 0 0 0-6 0v2.2L4.5 17Z",
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  readonly x?: number;
  readonly y?: number;
}

export const Icon = ({ name, x = 0, y = 0 }: IconProps) => (
  <svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="24" height="24" x={x} y={y}>
    <path d={PATHS[name]} stroke-width={name === "keypad" ? 3 : undefined} />
  </svg>
);
