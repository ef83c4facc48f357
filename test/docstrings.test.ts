// What the published docstrings have to say, as far as a machine can tell: shape, default, errors, example, source.
import { describe, expect, it } from "vitest";
import { type Declared, declarationsOf } from "./declarations.js";

const PACKAGES = ["call", "sandbox"].map((name) => ({
  name,
  declared: declarationsOf(`packages/${name}/dist/index.d.cts`),
}));

/** Docstrings that mention sipgate or its platforms without saying how they behave. */
const STATES_NO_FACT = new Set([
  "Clock.now",
  "Placed",
  "Client",
  "NewCall",
  "OpenProfileOptions.agent",
  "PlaceOptions.timeoutMs",
  "PushHandler",
  "RequestOptions.timeoutMs",
  "Sandbox.classic",
  "Sandbox.neo",
  "SignedIn.baseUrl",
  "checkCallRequest",
  "createClient",
  "createSandbox",
  "optionsFromEnvironment",
]);

const namesOf = (declared: readonly Declared[]) => declared.map(({ name }) => name);

/** A port is what somebody else implements: its docstring says so, and what its methods may throw. */
const isOfPort = ({ containerText }: Declared) => /\bthis is a port\b/i.test(containerText);
const saysWhatIsThrown = (text: string) => /\b(throws?|rejects?)\b/.test(text);

/** What callers give: parameters of functions and methods that aren't of ports, and what these extend. */
function isInput(declared: readonly Declared[]): (one: Declared) => boolean {
  const types = declared.filter((one) => one.isMethod && !isOfPort(one)).flatMap((one) => one.parameterTypes);
  return ({ name }) => types.includes(name.split(".")[0] ?? "");
}

const isAboutSipgate = (text: string) =>
  /\bsipgate\b(?!-)|\bneo\b|\bclassic\b|\bscopes?\b/.test(
    text.replace(/@example.*/s, "").replaceAll(/https:\S+/g, ""),
  );
const namesSource = (text: string) =>
  /\bsources?\b[^.]*:|\[official\]|\[reported\]|n't known|not known/i.test(text);

describe.each(PACKAGES)("The published docstrings of packages/$name", ({ declared }) => {
  it("are there for every export and each of its members", () => {
    expect(declared.length).toBeGreaterThan(200);
    expect(namesOf(declared.filter(({ text }) => text === ""))).toEqual([]);
  });

  it("show each function and method in an example, but for ports, which name who implements them", () => {
    const methods = declared.filter((one) => one.isMethod && !isOfPort(one));
    expect(methods.length).toBeGreaterThan(8);
    expect(namesOf(methods.filter(({ text }) => !text.includes("@example\n```ts\n")))).toEqual([]);
  });

  it("say of each function and method what it throws; a port says it for all of its methods", () => {
    const silent = declared.filter(
      (one) =>
        one.isMethod && !(isOfPort(one) ? saysWhatIsThrown(one.containerText) : one.text.includes("@throws")),
    );
    expect(namesOf(silent)).toEqual([]);
  });

  it("say what an option is if it's left out, and when a result lacks something", () => {
    const optional = declared.filter(({ isOptional, isMethod }) => isOptional && !isMethod);
    const given = isInput(declared);
    expect(optional.filter(given).length).toBeGreaterThan(5);
    const isSilent = (one: Declared) =>
      given(one)
        ? !/^@default \S/m.test(one.text)
        : !/@default \S|\bundefined\b|\bpresent\b|\bif\b/i.test(one.text);
    expect(namesOf(optional.filter(isSilent))).toEqual([]);
  });

  it("name the source of what they say of sipgate, or that it isn't known", () => {
    const unsourced = declared.filter(
      ({ text, containerText }) => isAboutSipgate(text) && !namesSource(`${text}\n${containerText}`),
    );
    expect(namesOf(unsourced.filter(({ name }) => !STATES_NO_FACT.has(name)))).toEqual([]);
  });
});

it.each(["Client", "Call", "CallControls"])(
  "Each method of %s names the source of what it asks of sipgate",
  (type) => {
    const methods = PACKAGES.flatMap(({ declared }) => declared).filter(
      ({ name, isMethod }) => isMethod && name.startsWith(`${type}.`),
    );
    expect(methods.length).toBeGreaterThan(1);
    expect(namesOf(methods.filter(({ text }) => !/\bSource:/.test(text)))).toEqual([]);
  },
);

it("The list of docstrings that state no fact has no more names than it needs", () => {
  const all = PACKAGES.flatMap(({ declared }) => declared);
  const needed = all.filter(
    ({ text, containerText }) => isAboutSipgate(text) && !namesSource(`${text}\n${containerText}`),
  );
  expect(namesOf(needed)).toEqual(expect.arrayContaining([...STATES_NO_FACT]));
});
