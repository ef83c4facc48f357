import type { Law } from "../g711.js";

/** Something to hear that is made here. */
export interface Source {
  /** The next 20 ms; `undefined` at the end. */
  next(law: Law): Buffer | undefined;
}
