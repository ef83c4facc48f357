/** The time of day on this machine, with seconds: `14:03:02`. */
export function timeOfDay(time: Date): string {
  return time.toTimeString().slice(0, 8);
}
