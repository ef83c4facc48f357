// Which browsers may use the dialer. A session has two secrets: a cookie, which the browser keeps from scripts but sends
// to every port of this machine, and a token, which only pages of this port can read. Neither is of use alone.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Session {
  readonly cookie: string;
  readonly token: string;
  readonly begunAt: number;
}

const MOST = 20;
const LIFETIME_MS = 30 * 24 * 3_600_000;
const digestOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** Digests are kept on disk, so open pages survive a restart of the dialer. */
export class Sessions {
  readonly #file: string;
  #all: readonly Session[];

  constructor(folder: string, port: number) {
    this.#file = join(folder, `sessions-${port}.json`);
    this.#all = read(this.#file);
  }

  begin(): { readonly cookie: string; readonly token: string } {
    const [cookie, token] = [newSecret(), newSecret()];
    const session = { cookie: digestOf(cookie), token: digestOf(token), begunAt: Date.now() };
    this.#all = [...this.#all, session].slice(-MOST);
    const staged = `${this.#file}.${newSecret()}`;
    writeFileSync(staged, JSON.stringify(this.#all), { mode: 0o600, flag: "wx" });
    renameSync(staged, this.#file);
    return { cookie, token };
  }

  allows(cookie: string | undefined, token: string | undefined): boolean {
    if (cookie === undefined || token === undefined) return false;
    const [given, shown] = [digestOf(cookie), digestOf(token)];
    return this.#all.some(
      (session) =>
        isSame(session.cookie, given) &&
        isSame(session.token, shown) &&
        Date.now() - session.begunAt < LIFETIME_MS,
    );
  }
}

const newSecret = () => randomBytes(32).toString("base64url");
const isSame = (one: string, other: string) => timingSafeEqual(Buffer.from(one), Buffer.from(other));

function read(file: string): readonly Session[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(stored) ? stored.filter(isSession) : [];
  } catch {
    return [];
  }
}

function isSession(value: unknown): value is Session {
  if (typeof value !== "object" || value === null) return false;
  const isDigest = (name: string) => /^[0-9a-f]{64}$/.test(String(Reflect.get(value, name)));
  return isDigest("cookie") && isDigest("token") && typeof Reflect.get(value, "begunAt") === "number";
}
