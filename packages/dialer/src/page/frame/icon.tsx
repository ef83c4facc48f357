// Drawn on a grid of 24, as lines.
const PATHS = {
  phone:
    "M6 3.500h3l1.500 4.500-2 1.500a12 12 0 0 0 6 6l1.500-2 4.500 1.500v3a2 2 0 0 1-2.200 2A16 16 0 0 1 4 5.700 2 2 0 0 1 6 3.500Z",
  desk: "M4 9c0-4.500 16-4.500 16 0v1.500h-4.500V9h-7v1.500H4ZM7 11l-2 8.500h14L17 11M10 14.500h.1M14 14.500h.1M10 17h.1M14 17h.1",
  mobile: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM11 18h2",
  browser: "M3.500 5h17v14h-17ZM3.500 9h17M6 7h.1M8.500 7h.1",
  microphone:
    "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.500 11a6.500 6.500 0 0 0 13 0M12 17.500V21",
  muted:
    "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.500 11a6.500 6.500 0 0 0 13 0M12 17.500V21M4 4l16 16",
  hold: "M9 5v14M15 5v14",
  keypad: "M6 5h.1M12 5h.1M18 5h.1M6 12h.1M12 12h.1M18 12h.1M6 19h.1M12 19h.1M18 19h.1",
  transfer: "M4 18v-3a5 5 0 0 1 5-5h11M15 5l5 5-5 5",
  record: "M12 4a8 8 0 1 1-.1 0ZM12 9.500a2.500 2.500 0 1 1-.1 0Z",
  note: "M5 4h14v10l-5 6H5ZM19 14h-5v6M8.500 8.500h7M8.500 12h4",
  settings: "M4 7h8M18 7h2M4 17h2M12 17h8M15 4.800a2.200 2.200 0 1 1-.1 0ZM9 14.800a2.200 2.200 0 1 1-.1 0Z",
  search: "M10.500 4.500a6 6 0 1 1-.1 0ZM15 15l5 5",
  care: "M12 4 3 19.500h18ZM12 10v4.500M12 17.200h.1",
  close: "M6 6l12 12M18 6 6 18",
  check: "m4.500 12.500 5 5L19.500 7",
  "hang-up": "M3 14.500c4-5 14-5 18 0l-1.500 2.500-4.500-1.500v-2.200a10 10 0 0 0-6 0v2.200L4.500 17Z",
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
