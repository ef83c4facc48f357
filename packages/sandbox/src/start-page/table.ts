import { escaped } from "../http/page.js";

/** A table in HTML, or a sentence in its place if it has no rows. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  ifEmpty: string,
): string {
  if (rows.length === 0) return `<p>${escaped(ifEmpty)}</p>`;
  const headCells = head.map((title) => `<th scope="col">${escaped(title)}</th>`).join("");
  const lines = rows.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`);
  return `<div class="scrolling"><table>
<thead><tr>${headCells}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>`;
}
