// oauth4webapi, an independent library, as a judge of the login: it checks every response against the standards of
// OAuth 2.
import * as oauth from "oauth4webapi";
import type { Sandbox } from "sipgate-sandbox";
import { expect, it } from "vitest";
import { issuerOf, loginNamed, REDIRECT_URI, statusWith, submit } from "./login-support.js";
import { send, startSandbox } from "./support.js";

const INSECURE = { [oauth.allowInsecureRequests]: true };

async function discovered(sandbox: Sandbox): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(issuerOf(sandbox));
  const response = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: "oidc" });
  return oauth.processDiscoveryResponse(issuer, response);
}

/** What a user's browser does, from the login page to the redirect back. */
async function throughTheBrowser(sandbox: Sandbox, url: URL, decision: string): Promise<URL> {
  const page = await send(url.href, {});
  const [cookie = ""] = page.headers.get("set-cookie")?.split(";") ?? [];
  const attempt = /name="attempt" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const { username, password } = loginNamed(sandbox, "neo");
  await submit(sandbox, "authenticate", { page, cookie, attempt }, { username, password });
  const answer = await submit(sandbox, "consent", { page, cookie, attempt }, { decision });
  return new URL(answer.headers.get("location") ?? "");
}

it.each([
  ["client_secret_basic", oauth.ClientSecretBasic],
  ["client_secret_post", oauth.ClientSecretPost],
])("oauth4webapi signs in, refreshes and revokes with %s", async (_, proofWith) => {
  const sandbox = await startSandbox();
  const server = await discovered(sandbox);
  const client: oauth.Client = { client_id: sandbox.client.clientId };
  const proof = proofWith(sandbox.client.clientSecret);
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
  const url = new URL(server.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: REDIRECT_URI,
    scope: "balance:read",
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).toString();

  const refused = await throughTheBrowser(sandbox, url, "refuse");
  expect(() => oauth.validateAuthResponse(server, client, refused, state)).toThrow(
    expect.objectContaining({ error: "access_denied" }),
  );

  const back = await throughTheBrowser(sandbox, url, "allow");
  const answer = oauth.validateAuthResponse(server, client, back, state);
  const tokens = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(
      server,
      client,
      proof,
      answer,
      REDIRECT_URI,
      verifier,
      INSECURE,
    ),
  );
  expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 300, scope: "balance:read" });

  const { refresh_token: first = "" } = tokens;
  const refreshed = await oauth.processRefreshTokenResponse(
    server,
    client,
    await oauth.refreshTokenGrantRequest(server, client, proof, first, INSECURE),
  );
  const again = await oauth.refreshTokenGrantRequest(server, client, proof, first, INSECURE);
  await expect(oauth.processRefreshTokenResponse(server, client, again)).rejects.toMatchObject({
    error: "invalid_grant",
    status: 400,
  });
  expect(await statusWith(sandbox, refreshed.access_token)).toBe(401);

  const revocation = await oauth.revocationRequest(server, client, proof, refreshed.access_token, INSECURE);
  await oauth.processRevocationResponse(revocation);
});
