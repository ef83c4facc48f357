// Rules as they're typed: `weekday-hours=09:00-18:00`, `retry.busy=30`.
import { checkChanges } from "./check-settings.js";
import type { ListChanges, ListSettings, RetryAfter } from "./list-settings.js";

/**
 * Adds what was typed to changes.
 *
 * @param typed such as `attempts-a-day=2` or `retry.no-answer=never`
 * @throws InvalidSettingsError naming everything that's wrong with it
 */
export function withTyped(changes: ListChanges, typed: readonly string[]): ListChanges {
  const parts = typed.map((text) => {
    const [name = "", ...value] = text.split("=");
    return { name: name.trim(), value: value.join("=").trim() };
  });
  const retry = parts.filter(({ name }) => name.startsWith("retry."));
  const others = parts.filter(({ name }) => !name.startsWith("retry."));
  const typedRetry = Object.fromEntries(retry.map(({ name, value }) => [name.slice(6), readValue(value)]));
  return checkChanges({
    ...changes,
    ...Object.fromEntries(
      others.map(({ name, value }) => [
        camelCase(name),
        name === "closed-days" ? daysOf(value) : readValue(value),
      ]),
    ),
    ...(retry.length > 0 ? { retry: { ...changes.retry, ...typedRetry } } : {}),
  });
}

const camelCase = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function readValue(text: string): unknown {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return from === undefined ? text : [from, to];
}

const daysOf = (text: string) => text.split(",").flatMap((day) => (day.trim() === "" ? [] : [day.trim()]));

/** Each rule as it would be typed. */
export function settingsAsTyped(settings: ListSettings): readonly string[] {
  const { retry, ...others } = settings;
  return [
    ...Object.entries(others).map(([name, value]) => `${kebabCase(name)}=${textOf(name, value)}`),
    ...Object.entries(retry).map(([cause, pause]: [string, RetryAfter]) => `retry.${cause}=${pause}`),
  ];
}

function textOf(name: string, value: unknown): string {
  return Array.isArray(value) ? value.join(name === "closedDays" ? "," : "-") : String(value);
}
