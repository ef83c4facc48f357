import { focusNumber } from "../dial/focus-number.js";
import { takeNumber } from "../state/field.js";
import { show } from "../state/view.js";

/** Puts a number into the field, where a click or Enter dials it. */
export function pick(number: string): void {
  takeNumber(number);
  show("dial");
  focusNumber();
}
