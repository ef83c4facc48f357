// What is built into the package comes with its licence.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const { files } = JSON.parse(readFileSync(`${dist}.code.json`, "utf8")) as { files: readonly string[] };
const textOf = (file: string) => readFileSync(dist + file, "utf8");
const containing = (text: string) => files.filter((file) => textOf(file).includes(text));

it.each([
  [
    "the protocol's library",
    "notifications/tools/list_changed",
    "The MCP project is undergoing a licensing transition",
  ],
  ["zod", "invalid_union", "Colin McDonnell"],
  ["libphonenumber-js", "country_calling_codes", "@catamphetamine"],
  ["oauth4webapi", "oauth4webapi/v", "Filip Skokan"],
])("%s is in files that hold its licence", (_, code, licence) => {
  const holding = containing(code);
  expect(holding).not.toEqual([]);
  expect(holding.filter((file) => !textOf(file).includes(licence))).toEqual([]);
});
