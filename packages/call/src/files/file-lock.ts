// Work that only one process does at a time, by records in a shared folder. Each step changes the record, and
// succeeds only if no other process has changed it. Taking the turn away is such a step, too. Which process
// is thought to be alive only decides how long others wait.
import { randomUUID } from "node:crypto";
import { systemClock } from "../call/clock.js";
import { isGone, isOfThisMachine, type ProcessIdentity, thisProcess } from "./process-identity.js";
import { createVersionedFiles, type VersionedFiles, type VersionedText } from "./versioned-files.js";

/** A turn, as seen by the process that has it. */
export interface Turn {
  /**
   * Call it right before a step that can't be undone or done twice. From then on nobody takes the turn away.
   *
   * @throws TurnLost if another process already has; then the work starts again
   */
  commit(): Promise<void>;
  /** @throws TurnLost if another process has the turn by now */
  check(): Promise<void>;
}

class TurnLost extends Error {}

export interface LockOptions {
  /** Whether a silent process loses its turn even after it has committed. Default: false. */
  readonly insists?: boolean;
}

const BEAT_MS = 1_000;
/** Milliseconds without a heartbeat, as seen by the process that waits. */
const SILENT_MS = 4_000;
const FIRST_POLL_MS = 25;
const LONGEST_POLL_MS = 250;
/** Milliseconds to wait for a turn. */
const GIVE_UP_AFTER_MS = 60_000;
/** Seconds since its last heartbeat after which a process that has committed is taken to be killed. */
const ABANDONED_S = 600;
/** Enough versions for a process that lists the folder to find one that still exists when it's read. */
const VERSIONS_KEPT = 100;

interface TurnRecord {
  readonly owner: string;
  readonly state: "held" | "committed" | "over";
  readonly process: ProcessIdentity | undefined;
  readonly beat: number;
  /** When it was written, in seconds: by the machine's monotonic clock, and since 1970. */
  readonly monotonicS: number;
  readonly wallS: number;
}

/** Runs the work once it's this process's turn. @param name of the lock, fit for a file */
export async function withLock<T>(
  folder: string,
  name: string,
  work: (turn: Turn) => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const files = createVersionedFiles(folder);
  const until = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const turn = await takeTurn(files, name, until, options);
    try {
      return await work(turn);
    } catch (error) {
      if (!turn.isLost) throw error;
    } finally {
      await turn.end();
    }
  }
}

async function takeTurn(files: VersionedFiles, name: string, until: number, options: LockOptions) {
  let seen: { readonly version: number; readonly since: number } | undefined;
  for (let delay = FIRST_POLL_MS; ; delay = Math.min(2 * delay, LONGEST_POLL_MS)) {
    const found = await files.read(name);
    if (seen?.version !== found?.version)
      seen = found === undefined ? undefined : { version: found.version, since: performance.now() };
    const isSilent = seen !== undefined && performance.now() - seen.since >= SILENT_MS;
    if (isFree(found, isSilent, options)) {
      const mine = await OwnTurn.take(files, name, found?.version ?? 0);
      if (mine !== undefined) return mine;
    }
    if (performance.now() > until)
      throw new Error(
        "Another process has it, or was stopped while it had it: let that go on, or sign in again.",
      );
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
}

function isFree(found: VersionedText | undefined, isSilent: boolean, { insists }: LockOptions): boolean {
  if (found === undefined) return true;
  const turn = turnOf(found);
  if (turn.state === "over") return true;
  if (isGone(turn.process)) return true;
  if (!isSilent) return false;
  return turn.state === "held" || insists === true || isAbandoned(turn);
}

/**
 * The monotonic clock can't be set, but counts only on one machine, and starts again with it. For a process from elsewhere
 * or before, the wall clock has to do.
 */
function isAbandoned({ process, monotonicS, wallS }: TurnRecord): boolean {
  if (process !== undefined && isOfThisMachine(process)) return monotonicSeconds() - monotonicS > ABANDONED_S;
  return Math.abs(wallSeconds() - wallS) > ABANDONED_S;
}

/** The same for all processes of a machine, unlike `performance.now()`. */
const monotonicSeconds = () => process.hrtime()[0];
const wallSeconds = () => systemClock.now().getTime() / 1_000;

function turnOf({ text }: VersionedText): TurnRecord {
  return JSON.parse(text) as TurnRecord; // Nobody else writes there.
}

class OwnTurn implements Turn {
  readonly #files: VersionedFiles;
  readonly #name: string;
  readonly #owner: string;
  #version: number;
  #state: TurnRecord["state"] = "held";
  #beats = 0;
  #isEnding = false;
  #last: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  isLost = false;

  private constructor(files: VersionedFiles, name: string, owner: string, version: number) {
    this.#files = files;
    this.#name = name;
    this.#owner = owner;
    this.#version = version;
    this.#beatLater();
  }

  static async take(files: VersionedFiles, name: string, follows: number): Promise<OwnTurn | undefined> {
    const owner = randomUUID();
    const isMine = await files.write(name, follows, recordOf(owner, "held", 0));
    return isMine ? new OwnTurn(files, name, owner, follows + 1) : undefined;
  }

  async commit(): Promise<void> {
    await this.#change("committed");
  }

  async check(): Promise<void> {
    await this.#change(this.#state);
  }

  /** Never rejects: if a turn can't be ended now, such as on a full disk, it's ended as soon as possible. */
  async end(): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#timer);
    if (this.isLost) return;
    try {
      await this.#change("over");
      await this.#files.removeBefore(this.#name, this.#version - VERSIONS_KEPT);
    } catch {
      if (this.#state !== "over") this.#timer = setTimeout(() => void this.end(), BEAT_MS).unref();
    }
  }

  #change(state: TurnRecord["state"]): Promise<void> {
    const mine = this.#last.then(async () => {
      if (this.isLost) throw new TurnLost();
      const text = recordOf(this.#owner, state, ++this.#beats);
      if (!(await this.#files.write(this.#name, this.#version, text))) {
        this.isLost = true;
        throw new TurnLost();
      }
      this.#version += 1;
      this.#state = state;
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  #beatLater(): void {
    if (this.#isEnding) return;
    this.#timer = setTimeout(() => {
      void this.check().then(
        () => this.#beatLater(),
        () => {
          if (!this.isLost) this.#beatLater(); // A full disk may have room again.
        },
      );
    }, BEAT_MS);
    this.#timer.unref();
  }
}

function recordOf(owner: string, state: TurnRecord["state"], beat: number): string {
  const record: TurnRecord = {
    owner,
    state,
    process: thisProcess(),
    beat,
    monotonicS: monotonicSeconds(),
    wallS: wallSeconds(),
  };
  return JSON.stringify(record);
}
