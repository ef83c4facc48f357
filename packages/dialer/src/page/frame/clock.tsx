import { useEffect, useState } from "preact/hooks";
import { clockText } from "../state/format.js";

interface ClockProps {
  /** ISO 8601. */
  readonly since: string;
  readonly label: string;
  readonly small?: boolean;
}

/** Counts up. Silent for screen readers, which can still read it. */
export function Clock({ since, label, small = false }: ClockProps) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class={small ? "number" : "clock"} role="timer" aria-label={label} aria-live="off">
      {clockText((now - Date.parse(since)) / 1_000)}
    </span>
  );
}
