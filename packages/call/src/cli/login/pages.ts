// What the browser shows in the end. It contains nothing that the browser sent.

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

export const SIGNED_IN: Page = {
  status: 200,
  title: "You're signed in",
  text: "You can close this window and go back to the terminal.",
};

export const NOT_SIGNED_IN: Page = {
  status: 200,
  title: "You aren't signed in",
  text: "The terminal says why. You can close this window.",
};

export const ANSWERED_BEFORE: Page = {
  status: 410,
  title: "This sign-in is already over",
  text: "The terminal shows its result. You can close this window.",
};

export const NOT_THIS_ATTEMPT: Page = {
  status: 400,
  title: "That isn't an answer to this attempt",
  text: "sipgate-call still waits for you to sign in at the address that the terminal shows.",
};

export const NOTHING_HERE: Page = {
  status: 404,
  title: "There is nothing here",
  text: "sipgate-call is waiting for you to sign in.",
};

export function pageText({ title, text }: Page): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · sipgate-call</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
  body { display: grid; place-content: center; min-height: 90vh; margin: 1rem; text-align: center }
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
