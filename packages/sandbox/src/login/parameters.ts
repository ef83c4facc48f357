import { OAuthError } from "./oauth-error.js";

/** The parameters of a request by name. One without a value counts as missing (RFC 6749, section 3.1). */
export type Parameters = ReadonlyMap<string, string>;

/** Decodes a query or a form. `repeated`: a name occurs twice; the map has neither of its values. */
export function parametersFrom(text: string): { parameters: Parameters; repeated: boolean } {
  const all = new URLSearchParams(text);
  const names = new Set(all.keys());
  const once = [...names].flatMap((name): [string, string][] => {
    const [value = "", ...others] = all.getAll(name);
    return others.length === 0 && value !== "" ? [[name, value]] : [];
  });
  return { parameters: new Map(once), repeated: names.size < all.size };
}

/** Decodes a form. Throws an OAuthError if a parameter is given twice. */
export function formParameters(text: string): Parameters {
  const { parameters, repeated } = parametersFrom(text);
  if (repeated) throw new OAuthError("invalid_request", "A parameter is given twice.");
  return parameters;
}

/** Throws an OAuthError if the parameter is missing. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new OAuthError("invalid_request", `Missing parameter: ${name}`);
  return value;
}
