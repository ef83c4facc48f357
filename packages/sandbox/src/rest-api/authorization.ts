// Who is asking, and whether they may.
import { timingSafeEqual } from "node:crypto";
import { ACCOUNTS, type Account } from "../accounts/accounts.js";
import { missingScope, PASSWORD_RESET } from "../guesses.js";
import { type Reply, refuse } from "./exchange.js";
import type { Route } from "./routes.js";

const BY_TOKEN_ID = new Map(
  ACCOUNTS.flatMap((account) => (account.tokenId === undefined ? [] : [[account.tokenId, account]])),
);
const BY_ACCESS_TOKEN = new Map(
  ACCOUNTS.filter(({ tokenId }) => tokenId === undefined).map((account) => [account.token, account]),
);

/** The account that an `Authorization` header names, or the refusal that it gets. */
export function authenticate(header: string | undefined): Account | Reply {
  const [scheme = "", value = ""] = (header ?? "").split(" ", 2);
  if (scheme.toLowerCase() === "basic") return checkRefusal(personalAccessToken(value));
  if (scheme.toLowerCase() === "bearer") return checkRefusal(BY_ACCESS_TOKEN.get(value));
  return refuse(401, "Credentials are required");
}

function personalAccessToken(value: string): Account | undefined {
  const decoded = Buffer.from(value, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const account = BY_TOKEN_ID.get(decoded.slice(0, colon));
  return account !== undefined && isSame(account.token, decoded.slice(colon + 1)) ? account : undefined;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checkRefusal(account: Account | undefined): Account | Reply {
  if (account === undefined) return refuse(401, "Invalid credentials");
  switch (account.refusal) {
    case undefined:
      return account;
    case "wrong-token":
    case "expired":
      return refuse(401, "Invalid credentials");
    case "password-reset":
      return refuse(403, PASSWORD_RESET);
    case "rate-limited":
      return {
        ...refuse(429, "Too many requests"),
        headers: { "content-type": "application/json", "retry-after": "30" },
      };
    case "broken":
      return {
        status: 500,
        body: "<html><head><title>500 Internal Server Error</title></head><body></body></html>",
        headers: { "content-type": "text/html" },
      };
  }
}

/** The refusal for a scope that the token lacks, if it does. */
export function forbidden({ lacks }: Account, { scopes }: Route): Reply | undefined {
  if (lacks === undefined || !scopes.includes(lacks)) return undefined;
  // Every token has all other scopes; one that is allowed by several has to lack the narrowest to be refused.
  return scopes[0] === lacks ? refuse(403, missingScope(["all", ...scopes])) : undefined;
}
