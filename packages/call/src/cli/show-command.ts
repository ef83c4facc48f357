import type { Client } from "../client/client.js";
import type { Command, Input } from "./command.js";
import type { Connection } from "./connect/client-for.js";
import { connect } from "./connect/connect.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { readSettings, withoutCall } from "./settings/settings.js";
import type { Output } from "./terminal/output.js";

/** The `run` of a command that reads something from sipgate and shows it. */
export function showCommand<T>(
  ask: (client: Client) => Promise<T>,
  show: (answer: T, output: Output, connection: Connection) => void | Promise<void>,
): Command["run"] {
  return async (input: Input, output: Output): Promise<ExitCode> => {
    const connection = await connect(withoutCall(readSettings(input)), input, output);
    try {
      await show(await ask(connection.client), output, connection);
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  };
}
