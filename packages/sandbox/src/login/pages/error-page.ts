import { escaped, pageResponse } from "../../http/page.js";
import type { HttpResponse } from "../../http/response.js";

/** The page for an error that can't be reported to the program. */
export function errorPage(status: number, message: string): HttpResponse {
  return pageResponse({
    status,
    title: "Signing in isn't possible – sandbox",
    content: `<h1>Signing in isn't possible</h1>
<p class="problem" role="alert">${escaped(message)}</p>
<p class="note">This is sipgate-sandbox on your own machine, not sipgate.</p>`,
  });
}
