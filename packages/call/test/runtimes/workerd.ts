import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST, type Runtime } from "./runtimes.js";

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Cloudflare's runtime, with a worker that has the build for browsers. */
export async function openWorkerd(program: string): Promise<Runtime> {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-workerd-"));
  const build = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
  const files = [
    ...build.map((name) => ({ name, path: join(DIST, name) })),
    { name: "place-at.mjs", path: fileHere("place-at.mjs") },
  ];
  const modules = files.map(({ name, path }, index) => {
    copyFileSync(path, join(folder, `${index}.js`));
    return `(name = "${name}", esModule = embed "${index}.js")`;
  });
  copyFileSync(fileHere("worker.mjs"), join(folder, "worker.js"));
  writeFileSync(join(folder, "config.capnp"), configOf(modules));
  const args = ["serve", "--control-fd=3", join(folder, "config.capnp")];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const port = await new Promise((resolve) => {
    child.stdio[3]?.on("data", (data) => resolve(JSON.parse(String(data).split("\n")[0] ?? "").port));
  });
  return {
    name: "workerd",
    async place(servers) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: "POST",
        body: JSON.stringify(servers),
      });
      return (await answer.json()) as string[];
    },
    async close() {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

const configOf = (modules: readonly string[]) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (
      name = "main",
      worker = (
        modules = [(name = "worker", esModule = embed "worker.js"), ${modules.join(", ")}],
        compatibilityDate = "2025-01-01"
      )
    ),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
