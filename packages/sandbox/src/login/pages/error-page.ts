import type { HttpResponse } from "../../http/response.js";
import { escaped, pageResponse } from "./page.js";

/** What a user sees where no answer can go to the program. */
export function errorPage(status: number, sentence: string): HttpResponse {
  return pageResponse({
    status,
    title: "Signing in isn't possible – sandbox",
    content: `<h1>Signing in isn't possible</h1>
<p class="problem" role="alert">${escaped(sentence)}</p>
<p class="note">This is sipgate-sandbox on your own machine, not sipgate.</p>`,
  });
}
