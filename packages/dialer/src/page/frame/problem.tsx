import type { WireProblem } from "../../wire/wire.js";
import { words } from "../words/words.js";
import { Icon } from "./icon.js";

export const Problem = ({ problem }: { readonly problem: WireProblem }) => (
  <div class="notice" role="alert">
    <Icon name="care" />
    <strong>{words.value.problems[problem.code]}</strong>
  </div>
);
