// Calls by sipp, a load generator for SIP.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demand } from "../measure.mjs";

const SCENARIO = fileURLToPath(new URL("dial.xml", import.meta.url));

/** Fails if a call does, or if it takes four times as long as it should. @returns the seconds that it took */
export async function sipp(sipServer, perSecond, calls) {
  const folder = mkdtempSync(join(tmpdir(), "sipp-"));
  const load = ["-r", perSecond, "-m", calls, "-l", 5_000];
  const local = ["-t", "t1", "-i", "127.0.0.1", "-nostdin", "-trace_err", "-error_file", "errors.txt"];
  const words = [sipServer, "-sf", SCENARIO, ...load, ...local].map(String);
  const begun = performance.now();
  const child = spawn("sipp", words, {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, TERM: "dumb" },
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), 10_000 + (calls / perSecond) * 4_000);
  const [code, signal] = await once(child, "exit");
  clearTimeout(limit);
  demand(code === 0, `sipp ended with ${code ?? signal}: ${code === 0 ? "" : errorsIn(folder)}`);
  return (performance.now() - begun) / 1_000;
}

function errorsIn(folder) {
  try {
    return readFileSync(join(folder, "errors.txt"), "utf8").slice(0, 1_000);
  } catch {
    return "it says nothing";
  }
}
