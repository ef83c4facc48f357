// How often each runtime sends an order if the server reads it and then closes, resets, or answers 408 or 421:
// npm run check:runtimes -- FOLDER
// FOLDER is where `npm install deno bun workerd` was run; what isn't there is left out and named. Chromium is the system's,
// or named by CHROMIUM. Needs what `npm run build` builds.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { losingServer } from "./check-runtimes/losing-server.mjs";
import { findChromium } from "./setup/chromium.mjs";

const LOSSES = ["close", "reset", "408", "421"];
const bin = join(process.argv[2] ?? ".", "node_modules/.bin");
const dist = fileURLToPath(new URL("../packages/call/dist/", import.meta.url));
const placer = fileURLToPath(new URL("check-runtimes/place.mjs", import.meta.url));
const rows = [];
let worst = 0;

/** @param place lets a runtime read once, then place one call at this address; resolves to what it was told */
async function check(runtime, isSafe, place) {
  const counts = [];
  for (const loss of LOSSES) {
    const server = await losingServer(loss);
    const told = await place(server.baseUrl).catch((error) => `failed: ${error.message}`);
    counts.push(`${loss}: ${server.orders()} (${told})`);
    if (isSafe) worst = Math.max(worst, server.orders());
    await server.close();
  }
  rows.push(`${runtime.padEnd(34)} ${counts.map((count) => count.padEnd(22)).join(" ")}`);
}

/** Runs the script in a runtime of its own. */
const running = (command, entry) => (baseUrl) =>
  new Promise((resolve) => {
    const child = spawn(command[0], [...command.slice(1), placer, join(dist, entry), baseUrl]);
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(out.trim());
    });
  });

await check(`Node ${process.version}, index.js`, true, running([process.execPath], "index.js"));
await check(`Node ${process.version}, index.web.js`, true, running([process.execPath], "index.web.js"));
for (const [name, command] of [
  ["deno", ["run", "-A", "--quiet"]],
  ["bun", []],
]) {
  if (!existsSync(join(bin, name))) rows.push(`${name}: not there`);
  else
    for (const entry of ["index.js", "index.web.js"])
      await check(`${name}, ${entry}`, true, running([join(bin, name), ...command], entry));
}

if (existsSync(join(bin, "workerd"))) {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-workerd-"));
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
  const modules = files.map((file, index) => {
    writeFileSync(join(folder, `${index}.js`), readFileSync(join(dist, file)));
    return `(name = "${file}", esModule = embed "${index}.js")`;
  });
  writeFileSync(
    join(folder, "worker.js"),
    readFileSync(new URL("check-runtimes/worker.mjs", import.meta.url)),
  );
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.js"), ${modules.join(", ")}], compatibilityDate = "2025-01-01")),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
  );
  const child = spawn(join(bin, "workerd"), ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const port = await new Promise((resolve) => {
    child.stdio[3].on("data", (data) => resolve(JSON.parse(String(data).split("\n")[0]).port));
  });
  await check("workerd, index.web.js", true, async (baseUrl) => {
    const answer = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams({ baseUrl })}`);
    return answer.text();
  });
  child.kill();
  rmSync(folder, { recursive: true });
} else rows.push("workerd: not there");

const executablePath = findChromium();
if (executablePath === undefined) rows.push("Chromium: not there");
else {
  const site = createServer((request, response) => {
    const file = join(dist, decodeURI(request.url ?? "/"));
    const isScript = file.endsWith(".js") && existsSync(file);
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? readFileSync(file) : "<!doctype html>");
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  for (const acceptRepeatRisk of [false, true])
    await check(
      `Chromium ${browser.version()}${acceptRepeatRisk ? ", risk accepted" : ""}`,
      !acceptRepeatRisk,
      (baseUrl) =>
        page.evaluate(
          async ([url, isAccepted]) => {
            const { createClient } = await import("/index.web.js");
            const credentials = { accessToken: "not-a-token" };
            const client = createClient({
              credentials,
              baseUrl: url,
              platform: "classic",
              acceptRepeatRisk: isAccepted,
            });
            await client.balance();
            return client.place({ caller: "e0", callee: "+493023125000" }, { searchForMs: 0 }).then(
              () => "placed",
              (error) => error.placed,
            );
          },
          [baseUrl, acceptRepeatRisk],
        ),
    );
  await browser.close();
  site.close();
}
process.stdout.write(
  `Orders that arrived, and what the program was told of \`placed\`:\n${rows.join("\n")}\n`,
);
process.exitCode = worst <= 1 ? 0 : 1;
