// Code as an earlier start compiled it. To compile what a call needs takes 10 ms of CPU, most of what our code takes in a
// start. It's kept by what Node documents for this: `vm.Script` with `cachedData`. A file that's missing, damaged or of
// other code is passed over, and the code is compiled as ever.
import { lstatSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { Script } from "node:vm";

type Require = (id: string) => unknown;
type Body = (exports: object, require: Require, module: object, file: string, folder: string) => void;

/** Code that wasn't kept yet, and where to keep it. */
type Compiled = { readonly script: Script; readonly file: string; readonly mark: Buffer };

const BEFORE = Buffer.from("(function(exports,require,module,__filename,__dirname){");
const AFTER = Buffer.from("\n})");

/**
 * Runs a file of ours, with those of ours that it requires, and keeps what was compiled if the program succeeds.
 *
 * @param path a CommonJS module
 * @param requireOther loads what isn't ours, such as Node's own modules
 */
export function runCompiled(path: string, requireOther: Require): void {
  const folder = keptFolder();
  const loaded = new Map<string, { exports: object }>();
  const compiled: Compiled[] = [];
  const load = (path: string): object => {
    const known = loaded.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(path, module);
    // What it was compiled from. V8 itself compares no more than its own version, and how long the code is.
    const { size, mtimeMs } = statSync(path);
    const mark = Buffer.from(`${path} ${size} ${mtimeMs} ${SIPGATE_CALL_VERSION} ${process.version}\n`);
    const file = join(folder ?? "", `${basename(path).replace(/-[\w-]{8}\.cjs$/, "")}.bin`);
    const cachedData = folder === undefined ? undefined : kept(file, mark);
    // Our files are ASCII, which is read fastest so.
    const code = Buffer.concat([BEFORE, readFileSync(path), AFTER]).toString("latin1");
    const script = new Script(code, { filename: path, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) compiled.push({ script, file, mark });
    const body: Body = script.runInThisContext();
    const ours = (id: string) => (id.startsWith(".") ? load(resolve(dirname(path), id)) : requireOther(id));
    body(module.exports, ours, module, path, dirname(path));
    return module.exports;
  };
  process.once("exit", (code) => {
    if (code === 0 && folder !== undefined && compiled.length > 0) keep(folder, compiled);
  });
  load(path);
}

/** Undefined if there is none, or other users could change what is in it: it's code that we run. */
function keptFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  const system = process.platform === "win32" ? LOCALAPPDATA : join(HOME ?? "", ".cache");
  const caches = [XDG_CACHE_HOME, system].find((folder) => folder !== undefined && isAbsolute(folder));
  if (caches === undefined) return undefined;
  const ours = join(caches, "sipgate-call");
  const folder = join(ours, "compiled");
  return isOurs(ours) && isOurs(folder) ? folder : undefined;
}

function isOurs(folder: string): boolean {
  try {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return true;
    const user = process.geteuid?.(); // Windows has neither these owners nor these modes.
    return found.isDirectory() && (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
  } catch {
    return false;
  }
}

/** V8 checks nothing in it, and a wrong bit may end the program. So it's there twice: to compare them takes no time. */
function kept(file: string, mark: Buffer): Buffer | undefined {
  try {
    const found = readFileSync(file);
    const half = (found.length + mark.length) / 2;
    const data = found.subarray(mark.length, half);
    const isWhole = found.subarray(0, mark.length).equals(mark) && data.equals(found.subarray(half));
    return isWhole ? data : undefined;
  } catch {
    return undefined;
  }
}

function keep(folder: string, compiled: readonly Compiled[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { script, file, mark } of compiled) {
      const draft = `${file}.${process.pid}.draft`;
      const data = script.createCachedData();
      writeFileSync(draft, Buffer.concat([mark, data, data]), { mode: 0o600, flush: true });
      renameSync(draft, file);
    }
  } catch {
    // The next start compiles again.
  }
}
