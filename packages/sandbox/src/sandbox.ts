import type { DocumentedToken } from "./accounts/tokens.js";
import type { EndpointKind } from "./faults/endpoints.js";
import type { FaultList } from "./faults/faults.js";
import type { LoggedRequest } from "./logged-request.js";
import type { LoginClient } from "./login/client.js";
import type { DocumentedLogin } from "./login/logins.js";
import type { LoggedPush } from "./push/logged-push.js";
import type { SandboxClock } from "./shared-clock.js";
import type { CallSnapshot } from "./switch/snapshot.js";

/**
 * What a client needs to use one of the sandbox's default accounts. sipgate's REST API is at
 * `https://api.sipgate.com/v2` [official].
 */
export interface Credentials {
  /** The address of the sandbox's REST API. */
  readonly baseUrl: string;
  /** The user name for HTTP Basic. */
  readonly tokenId: string;
  /** The password for HTTP Basic. */
  readonly token: string;
}

/** A running sandbox. */
export interface Sandbox {
  /** The address of the REST API, to use in place of sipgate's `https://api.sipgate.com/v2` [official]. */
  readonly baseUrl: string;
  /** The default account on the classic platform. */
  readonly classic: Credentials;
  /** The default account on the neo platform. */
  readonly neo: Credentials;
  /** All documented credentials, with what they are for. */
  readonly accounts: readonly DocumentedToken[];
  /** The address of the login, to use in place of sipgate's `https://login.sipgate.com` [official]. */
  readonly loginUrl: string;
  /**
   * The OAuth client of the program that users sign in to, in either realm. It may redirect to any port of this
   * machine.
   */
  readonly client: LoginClient;
  /** The users who can sign in. */
  readonly logins: readonly DocumentedLogin[];
  /**
   * Snapshots of all running calls and of those that ended last, in the order in which they were placed. Calls that
   * were refused aren't among them.
   */
  readonly calls: readonly CallSnapshot[];
  /** The newest requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** The newest pushed events, in the order in which their pushes succeeded or failed. */
  readonly pushes: readonly LoggedPush[];
  /** Where SIP phones register, as `host:port`; `undefined` without the option `phones`. */
  readonly sipServer: string | undefined;
  /** The sandbox's time. */
  readonly clock: SandboxClock;
  /** Faults to inject: how requests fail, and which. */
  readonly faults: FaultList;
  /**
   * The base URL of an address that fails before there is a request. It's opened when it's first asked for.
   *
   * @throws TypeError (rejects) if there is no such kind
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * console.log(await sandbox.endpoint("expired")); // https://localhost:…
   * await sandbox.close();
   * ```
   */
  endpoint(kind: EndpointKind): Promise<string>;
  /**
   * The certificate, in PEM, of the authority that has signed the certificates of the endpoints `trusted`, `expired`
   * and `wrong-host`. Its key is public: trust it in tests only.
   */
  readonly certificateAuthority: string;
  /**
   * Resolves when no push is pending.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * await sandbox.pushed();
   * console.log(sandbox.pushes); // []
   * await sandbox.close();
   * ```
   */
  pushed(): Promise<void>;
  /**
   * The public key that verifies the signatures of pushed events: SPKI in PEM. All sandboxes of a process share it.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * console.log((await sandbox.pushPublicKey()).split("\n")[0]); // -----BEGIN PUBLIC KEY-----
   * await sandbox.close();
   * ```
   */
  pushPublicKey(): Promise<string>;
  /**
   * Stops the server, all calls and all pushes. Resolves when the port is free again.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * await sandbox.close();
   * ```
   */
  close(): Promise<void>;
}
