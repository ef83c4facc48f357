import { createHash } from "node:crypto";
import type { HttpResponse } from "./response.js";

const STYLE = `
:root{color-scheme:light dark;--text:#1b1b1b;--back:#fff;--line:#d6d6d6;--note:#b26a00;--problem:#a00000}
@media (prefers-color-scheme:dark){:root{--text:#e8e8e8;--back:#17191c;--line:#3c4046;--note:#e0a03c;--problem:#ff8a80}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--back)}
body.wide{max-width:64rem}
label,input{display:block}
input{font:inherit;width:100%;box-sizing:border-box;margin-bottom:1rem;padding:.4rem}
button{font:inherit;padding:.4rem 1.2rem;margin-right:.6rem}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.2rem 1.2rem .2rem 0}
td{border-top:1px solid var(--line)}
.wide td,code{font-family:ui-monospace,monospace;font-size:.85rem}
code{overflow-wrap:anywhere}
.wide td{min-width:4rem;white-space:nowrap}
.wide td:last-child{min-width:12rem;white-space:normal}
.scrolling,pre{overflow-x:auto}
svg{max-width:100%;height:auto}
details{margin:.6rem 0}
summary{cursor:pointer}
.note{border-left:.3rem solid var(--note);padding-left:.8rem}
.problem{color:var(--problem);font-weight:bold}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export interface Page {
  readonly status?: number;
  readonly title: string;
  /** HTML. Values from outside must be escaped. */
  readonly content: string;
  /** Where its forms may lead, redirects included: sources of a Content-Security-Policy. Default: nowhere. */
  readonly formsLeadTo?: string;
  readonly cookie?: string;
  /** Whether it has wide tables. */
  readonly isWide?: boolean;
}

/** A page without scripts that loads nothing, isn't cached and can't be framed. */
export function pageResponse({
  status = 200,
  title,
  content,
  formsLeadTo = "'none'",
  cookie,
  isWide = false,
}: Page): HttpResponse {
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body${isWide ? ' class="wide"' : ""}>
<main>
${content}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      ...NOT_KEPT,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": [
        "default-src 'none'",
        `style-src 'sha256-${STYLE_HASH}'`,
        "img-src data:",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        `form-action ${formsLeadTo}`,
      ].join("; "),
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      ...(cookie === undefined ? {} : { "set-cookie": cookie }),
    },
    body: Buffer.from(html),
  };
}

/**
 * Headers of responses that must not be cached, and whose URL must not reach the pages of others. With `no-referrer`,
 * browsers would send the forms of our own pages with `Origin: null`, as they do for pages without any origin.
 */
export const NOT_KEPT: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
};

/** Escapes text for HTML, attribute values in quotes included. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
