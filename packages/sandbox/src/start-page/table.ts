import { escaped } from "../http/page.js";

/**
 * A table in HTML, or a sentence in its place if it has no rows.
 * @param links where the first cell of each row leads
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  ifEmpty: string,
  links: readonly string[] = [],
): string {
  if (rows.length === 0) return `<p>${escaped(ifEmpty)}</p>`;
  const headCells = head.map((title) => `<th scope="col">${escaped(title)}</th>`).join("");
  const cell = (text: string, link: string | undefined): string =>
    link === undefined ? escaped(text) : `<a href="${escaped(link)}">${escaped(text)}</a>`;
  const lines = rows.map((row, index) => {
    const cells = row.map(
      (text, column) => `<td>${cell(text, column === 0 ? links[index] : undefined)}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="scrolling"><table>
<thead><tr>${headCells}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>`;
}
