/** The plan, and the buttons. @param noPath where a no is sent */
export function approvalHtml(points: readonly string[], noPath: string): string {
  const list = points.map((point) => `<li>${escaped(point)}</li>`).join("");
  return page(
    "May this be done?",
    `<p>A program on your machine asks for this:</p><ul>${list}</ul>
<form method="post"><button>Yes, do this</button> <button formaction="${escaped(noPath)}">No</button></form>
<p>If you do nothing, nothing is done.</p>`,
  );
}

export function endHtml(text: string): string {
  return page("sipgate-call", `<p>${escaped(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)} · sipgate-call</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
  body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
  button { font: inherit; padding: .6rem 1.4rem }
</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
