// A terminal's screen as a picture that needs nothing but a monospaced font.

/** Browsers make one of several plain spaces. */
const NO_BREAK = "\u00a0";

const [WIDTH, HEIGHT, MARGIN] = [8.4, 19, 16];
const COLORS = { red: "#ff7b72", green: "#7ee787", yellow: "#e3b341" };

export function svgOf(lines, columns) {
  const [width, height] = [columns * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A followed call in a terminal</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${lines.map((parts, row) => lineOf(parts, MARGIN + (row + 0.75) * HEIGHT)).join("\n")}
</g>
</svg>
`;
}

function lineOf(parts, y) {
  let column = 0;
  const spans = parts.map(({ text, bold, dim, color }) => {
    const x = MARGIN + column * WIDTH;
    column += [...text].length;
    const style = [
      bold ? ' font-weight="bold"' : "",
      dim ? ' fill-opacity="0.6"' : "",
      color === undefined ? "" : ` fill="${COLORS[color]}"`,
    ].join("");
    // The width is given, because fonts differ.
    const length = [...text].length * WIDTH;
    return `<tspan x="${x.toFixed(1)}" textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs"${style}>${escaped(text).replaceAll(" ", NO_BREAK)}</tspan>`;
  });
  return `<text y="${y.toFixed(1)}">${spans.join("")}</text>`;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
