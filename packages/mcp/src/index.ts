// The rules of the tools for agents, for programs that place calls themselves.
export type { Hours } from "./rules/hours.js";
export type { Rules } from "./rules/rules.js";
export { type RuledClient, type WithRulesOptions, withRules } from "./rules/with-rules.js";
