// Nobody on a list is rung twice or forgotten, and no key rings twice, whatever happens to machines and the database:
//   npm run check:lists -- CONTACTS KEYS    default: 1000 20
// Needs what `npm run build` builds, and Debian's PostgreSQL.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { playKeyRounds } from "../packages/call-lists/test/kills/key-rounds.mjs";
import { playListKills } from "../packages/call-lists/test/kills/list-kills.mjs";
import { startPostgres } from "../packages/call-lists/test/postgres.mjs";

const [contacts = 1_000, rounds = 20] = process.argv.slice(2).map(Number);
const main = fileURLToPath(new URL("../packages/call-lists/dist/main.cjs", import.meta.url));
const postgres = await startPostgres({ durable: true });

function newDatabase() {
  const url = postgres.newDatabase();
  execFileSync(process.execPath, [main, "init", "--yes"], {
    env: { ...process.env, SIPGATE_DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return url;
}

let isRight = true;
try {
  if (contacts > 0) {
    const onProgress = (text) => process.stderr.write(`${text}\n`);
    const crashes = Math.max(1, Math.round(contacts / 1_000));
    const counts = await playListKills(postgres, newDatabase(), { contacts, crashes, onProgress });
    process.stdout.write(`lists: ${JSON.stringify(counts, null, 2)}\n`);
    isRight &&= counts.twice + counts.forgotten + counts.untrue === 0 && counts.calls === contacts;
  }
  if (rounds > 0) {
    const counts = await playKeyRounds(postgres, newDatabase(), { rounds });
    process.stdout.write(`keys: ${JSON.stringify(counts, null, 2)}\n`);
    isRight &&= counts.twice + counts.untrue === 0;
  }
} finally {
  await postgres.close();
}
process.exitCode = isRight ? 0 : 1;
