import type { Account } from "../accounts/account.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { NO_CONTENT, ok } from "../http/response.js";
import { isHttps, pushUrlProblem } from "../push/push-url.js";
import type { Operation } from "./operation.js";

const FIELDS = {
  incomingUrl: "clearable text",
  outgoingUrl: "clearable text",
  log: "optional flag",
  whitelist: "optional list",
} as const;

const PATH = "/v2/settings/sipgateio";

const readSettings: Operation = {
  method: "GET",
  path: PATH,
  scopes: ["settings:read", "settings:sipgateio:read"],
  handle: ({ account, pushSettings }) => ok(pushSettings.of(account.name)),
};

const writeSettings: Operation = {
  method: "PUT",
  path: PATH,
  scopes: ["settings:write", "settings:sipgateio:write"],
  handle(request) {
    const { account, pushSettings } = request;
    const { incomingUrl, outgoingUrl, log = false, whitelist = [] } = decodeFields(request, FIELDS);
    checkUrl(account, "incomingUrl", incomingUrl);
    checkUrl(account, "outgoingUrl", outgoingUrl);
    pushSettings.set(account.name, { incomingUrl, outgoingUrl, log, whitelist });
    return NO_CONTENT;
  },
};

/** An empty URL is allowed: it switches pushes off. */
function checkUrl({ platform }: Account, name: "incomingUrl" | "outgoingUrl", url: string): void {
  if (url === "") return;
  const problem = platform === "neo" && !isHttps(url) ? "must be an https URL on neo" : pushUrlProblem(url);
  if (problem !== undefined) throw new Problem(400, `${name} ${problem}.`, { pointer: `/${name}` });
}

/** The account's push settings. */
export const pushSettingsOperations: readonly Operation[] = [readSettings, writeSettings];
