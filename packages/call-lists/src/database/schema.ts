// Makes the schema, and brings it up to date.
import { ListsError } from "../lists-error.js";
import { type Database, noSchema, type Queries } from "./database.js";
import { MIGRATIONS, SCHEMA } from "./migrations.js";

const OLDEST_POSTGRESQL = 14;
/** Any number that no other program locks. */
const LOCK = 7_442_473_283;

export interface SchemaState {
  /** The server's version, such as `15.14`. */
  readonly postgresql: string;
  readonly database: string;
  /** 0: there is none. */
  readonly version: number;
  /** The version that this release makes. */
  readonly wanted: number;
}

/** @throws ListsError if PostgreSQL is too old */
export async function readSchemaState(queries: Queries): Promise<SchemaState> {
  const [server] = await queries.query<{
    number: string;
    postgresql: string;
    database: string;
    there: boolean;
  }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as postgresql,
            current_database() as database, to_regclass('${SCHEMA}.migration') is not null as there`,
  );
  if (server === undefined || Number(server.number) < OLDEST_POSTGRESQL * 10_000)
    throw new ListsError(
      "database-too-old",
      `The database runs PostgreSQL ${server?.postgresql ?? "of an unknown version"}.`,
      `PostgreSQL ${OLDEST_POSTGRESQL} or newer is needed.`,
    );
  const version = server.there ? await versionOf(queries) : 0;
  return {
    postgresql: server.postgresql,
    database: server.database,
    version,
    wanted: MIGRATIONS.length,
  };
}

async function versionOf(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from ${SCHEMA}.migration`,
  );
  return row?.version ?? 0;
}

/** Makes what is missing, in one transaction. Of several at once, one does it and the others wait. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${LOCK})`);
    const { version } = await readSchemaState(queries);
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < version) continue;
      await queries.query(migration);
      await queries.query(`insert into ${SCHEMA}.migration (version) values ($1)`, [index + 1]);
    }
  });
}

/** @throws ListsError if `init` hasn't been run, or a newer release has */
export async function requireSchema(queries: Queries): Promise<void> {
  const { version, wanted } = await readSchemaState(queries);
  if (version < wanted) throw noSchema();
  if (version > wanted)
    throw new ListsError(
      "schema-too-new",
      "A newer release of sipgate-call-lists has changed this database's tables.",
      "Install that release here, too.",
    );
}
