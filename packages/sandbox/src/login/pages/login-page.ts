import { escaped, pageResponse } from "../../http/page.js";
import type { HttpResponse } from "../../http/response.js";
import { type Attempt, cookieFor } from "../attempts.js";
import { LOGINS } from "../logins.js";

const TITLE = "Sign in to the sandbox";

/** The page that asks for username and password. */
export function loginPage(attempt: Attempt): HttpResponse {
  return pageResponse({
    title: TITLE,
    content: content(attempt, "", ""),
    formsLeadTo: "'self'",
    cookie: cookieFor(attempt),
  });
}

/** The same page after a wrong username or password. */
export function loginPageAgain(attempt: Attempt, username: string): HttpResponse {
  const problem = `<p class="problem" role="alert" id="problem">Wrong username or password. Nobody was signed in.</p>`;
  return pageResponse({
    title: `Wrong username or password – ${TITLE}`,
    content: content(attempt, username, problem),
    formsLeadTo: "'self'",
  });
}

function content({ id, address }: Attempt, username: string, problem: string): string {
  // Screen readers read it out with the focused field.
  const described = problem === "" ? "" : ' aria-describedby="problem"';
  const logins = LOGINS.map(
    (login) =>
      `<tr><td>${escaped(login.username)}</td><td>${escaped(login.password)}</td>` +
      `<td>${login.account.platform}, user ${login.userId}</td></tr>`,
  );
  return `<h1>${TITLE}</h1>
<p class="note">This is sipgate-sandbox on your own machine, not sipgate. Never type a real password here.</p>
${problem}
<form method="post" action="/auth/realms/${address.realm}/login-actions/authenticate">
<input type="hidden" name="attempt" value="${id}">
<label for="username">Username</label>
<input id="username" name="username" value="${escaped(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<h2>Who can sign in</h2>
<table>
<thead><tr><th scope="col">Username</th><th scope="col">Password</th><th scope="col">Account</th></tr></thead>
<tbody>
${logins.join("\n")}
</tbody>
</table>`;
}
