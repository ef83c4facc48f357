// docs/api.md is made from the published types by `npm run docs:api`; its examples run in test/documented-examples.test.ts.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { digestOfTypes } from "../../../scripts/api-docs/digest.mjs";

const page = readFileSync(fileURLToPath(new URL("../../../docs/api.md", import.meta.url)), "utf8");

/** What is said of a type, member by member. */
const sectionOf = (name: string) => page.split(`\n### ${name}\n`)[1]?.split("\n### ")[0] ?? "";

it("docs/api.md is fresh: if this fails, run npm run docs:api", () => {
  expect(page.split("\n")[0]).toContain(digestOfTypes());
});

it.each([
  "CallDetails",
  "CallRequest",
  "ClientOptions",
  "FollowOptions",
  "HistoryQuery",
  "OAuthClient",
  "OAuthOptions",
  "OpenProfileOptions",
  "PlaceOptions",
  "PlaceRequest",
  "PushOptions",
  "Recording",
  "RequestOptions",
  "TransferTarget",
])("%s says of each option what it is if it's left out", (name) => {
  const optional = sectionOf(name)
    .split("\n")
    .filter((line) => /^\| .*`\w+\?` \|/.test(line));
  expect(optional.length).toBeGreaterThan(0);
  expect(optional.filter((line) => !/\| \w.*\*\*Default\*\*/.test(line))).toEqual([]);
});

describe.each(["Client", "Call", "CallControls"])("%s", (name) => {
  it("has an example of each method, and says what it throws", () => {
    const methods = sectionOf(name)
      .split("\n##### ")
      .slice(1)
      .filter((member) => /^\w+\(\)\n/.test(member));
    expect(methods.length).toBeGreaterThan(1);
    const without = (heading: string) =>
      methods
        .filter((member) => !member.includes(`###### ${heading}\n`))
        .map((member) => member.split("\n")[0]);
    expect(without("Example")).toEqual([]);
    expect(without("Throws")).toEqual([]);
  });
});
