import { escaped, pageResponse } from "../../http/page.js";
import type { HttpResponse } from "../../http/response.js";
import type { Attempt } from "../attempts.js";
import { CLIENT } from "../client.js";
import type { Login } from "../logins.js";
import { meaningOf } from "../scope-list.js";

/** The page that asks the user to allow what a program asks for. */
export function consentPage({ id, address, request }: Attempt, login: Login): HttpResponse {
  const scopes = request.scopes.map(
    (scope) => `<li>${escaped(meaningOf(scope))} (<code>${escaped(scope)}</code>)</li>`,
  );
  const target = new URL(request.redirectUri).origin;
  return pageResponse({
    title: `Allow ${CLIENT.clientId} to use your account? – sandbox`,
    // Browsers apply the policy to the redirect after the form, too. It can't name an IPv6 address.
    formsLeadTo: `'self' ${target.startsWith("http://[") ? "http:" : target}`,
    content: `<h1>Allow ${escaped(CLIENT.clientId)} to use your account?</h1>
<p class="note">This is sipgate-sandbox on your own machine, not sipgate.</p>
<p>You're signed in as <strong>${escaped(login.username)}</strong>. The program at ${escaped(target)} asks to:</p>
<ul>
${scopes.join("\n")}
</ul>
<form method="post" action="/auth/realms/${address.realm}/login-actions/consent">
<input type="hidden" name="attempt" value="${id}">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="refuse">Refuse</button>
</form>`,
  });
}
