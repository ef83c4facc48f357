// The connection to PostgreSQL. Its URL has a password in it, so nothing that is thrown from here holds it.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { ListsError } from "../lists-error.js";

/** A value that a query takes. */
export type SqlValue = string | number | boolean | bigint | Date | Buffer | null | readonly string[];

/** A row as it's read; each query names its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs statements: the pool, or one transaction. */
export interface Queries {
  /**
   * @param name of a statement that is used often: PostgreSQL plans it once for each connection
   * @throws ListsError if the database can't be reached or refuses the statement
   */
  query<T extends Row>(text: string, values?: readonly SqlValue[], name?: string): Promise<readonly T[]>;
}

/** One transaction. */
export interface Transaction extends Queries {
  /**
   * Writes rows into a table, as many as there are.
   *
   * @param table with its columns in parentheses
   * @param text rows in PostgreSQL's text format of COPY
   * @throws ListsError if the database can't be reached or refuses a row; whatever `text` throws
   */
  copyInto(table: string, text: AsyncIterable<string>): Promise<void>;
}

export interface Database extends Queries {
  /**
   * Runs statements in one transaction, which is rolled back if `work` throws.
   *
   * @throws ListsError if the database is lost; whether a `commit` that was under way has been carried out isn't known then
   */
  transaction<T>(work: (queries: Transaction) => Promise<T>): Promise<T>;
  /** A connection for work that a pool can't do, such as LISTEN. */
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const DURABLE =
  "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')";

/** Milliseconds. A store of idempotency records has 5 seconds for each method. */
const CONNECT_MS = 4_000;

/** The database's URL. @throws ListsError if it isn't set */
export function databaseUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.SIPGATE_DATABASE_URL;
  if (url) return url;
  throw new ListsError(
    "no-database",
    "The variable SIPGATE_DATABASE_URL isn't set.",
    "Set it to the URL of a PostgreSQL database, such as postgresql://user@host/database. If you have none, sipgate-call-lists database FOLDER runs one on this machine.",
  );
}

/**
 * Opens a database. Connects when it's first used.
 *
 * @throws ListsError if the URL can't be used
 */
export function openDatabase(url: string, { connections = 5 } = {}): Database {
  const pool = new pg.Pool({
    connectionString: checkedUrl(url),
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: "sipgate-call-lists",
    // A program that has nothing else to do ends.
    allowExitOnIdle: true,
    // A machine that vanishes must not keep rows locked.
    keepAlive: true,
    // What is committed has to survive a crash of the server, whatever it's set to.
    onConnect: (client) => client.query(DURABLE),
  });
  // A connection that is lost while nobody uses it: the next query opens another.
  pool.on("error", ignore);

  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw inWords(error);
    });
    // A connection that is lost while it's in use: the query under way rejects.
    client.on("error", ignore);
    let isBroken = true;
    try {
      const result = await work(client);
      isBroken = false;
      return result;
    } catch (error) {
      isBroken = !(error instanceof ListsError) && !isOfServer(error);
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(isBroken);
    }
  };

  return {
    query: (...statement) => run(pool, ...statement),
    transaction: (work) =>
      withClient(async (client) => {
        await run(client, "begin");
        try {
          const result = await work(transactionOn(client));
          await run(client, "commit");
          return result;
        } catch (error) {
          await client.query("rollback").catch(ignore);
          throw error;
        }
      }),
    withClient,
    close: () => pool.end(),
  };
}

const ignore = () => {};

function transactionOn(client: pg.PoolClient): Transaction {
  return {
    query: (...statement) => run(client, ...statement),
    async copyInto(table, text) {
      let failure: unknown;
      const checked = async function* () {
        try {
          yield* text;
        } catch (error) {
          failure = error;
          throw error;
        }
      };
      try {
        await pipeline(Readable.from(checked()), client.query(copyFrom(`copy ${table} from stdin`)));
      } catch (error) {
        throw failure ?? inWords(error);
      }
    },
  };
}

async function run<T extends Row>(
  client: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly SqlValue[] = [],
  name?: string,
): Promise<readonly T[]> {
  try {
    return (await client.query<T>({ text, values: [...values], name })).rows;
  } catch (error) {
    throw inWords(error);
  }
}

/** Whether PostgreSQL refused a statement: then the connection is still of use. */
function isOfServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(?:08|57P)/.test(error.code ?? "");
}

/** Nothing but the code and message of an error: the objects of `pg` hold the password. */
function inWords(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "42P01" || code === "3F000") return noSchema();
  if (isOfServer(error) && !/^28|^3D/.test(code))
    return new ListsError(
      "database-failed",
      `PostgreSQL has refused a statement: ${error.message} (${code}).`,
      "If it isn't your database's own trouble, such as a full disk, report it.",
    );
  return new ListsError(
    "database-unreachable",
    `The database can't be used: ${error.message || code || "no connection"}.`,
    "Look whether PostgreSQL runs, and whether SIPGATE_DATABASE_URL is right.",
  );
}

export function noSchema(): ListsError {
  return new ListsError(
    "no-schema",
    "The database has no tables yet: run `sipgate-call-lists init` once.",
    "Any machine will do.",
  );
}

/** @throws ListsError that doesn't show it */
function checkedUrl(url: string): string {
  // A socket's folder stands in the query, with no host: postgresql:///database?host=/run/postgresql
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && /^postgres(?:ql)?:$/.test(parsed.protocol)) return url;
  throw new ListsError(
    "database-url",
    "SIPGATE_DATABASE_URL isn't the URL of a PostgreSQL database.",
    "Write it like postgresql://user:password@host:5432/database.",
  );
}
