// What a terminal shows in the end, from the bytes that it was sent: as much of ECMA-48 as the command line uses.

const ESCAPE = "\u001b";
const SEQUENCE = new RegExp(`${ESCAPE}\\[([\\d;?]*)([A-Za-z])|\\r|\\n|[^${ESCAPE}\\r\\n]`, "gu");
const PLAIN = { bold: false, dim: false, color: undefined };
const COLORS = { 31: "red", 32: "green", 33: "yellow" };

/**
 * @param {string} bytes
 * @returns lines, each of parts with one style
 */
export function screenOf(bytes) {
  const lines = [[]];
  let [row, column, style] = [0, 0, PLAIN];
  for (const [whole, parameters = "", command] of bytes.matchAll(SEQUENCE)) {
    if (whole === "\r") column = 0;
    else if (whole === "\n") {
      row += 1;
      lines[row] ??= [];
    } else if (command === undefined) {
      lines[row][column] = { letter: whole, style };
      column += 1;
    } else if (command === "m") style = styled(style, parameters);
    else if (command === "K") lines[row].length = Math.min(lines[row].length, column);
    else if (command === "A") row = Math.max(0, row - Number(parameters || 1));
    else if (command === "J") {
      lines[row].length = Math.min(lines[row].length, column);
      lines.length = row + 1;
    }
  }
  while (lines.at(-1)?.length === 0) lines.pop();
  return lines.map(partsOf);
}

function styled(style, parameters) {
  if (parameters === "" || parameters === "0") return PLAIN;
  if (parameters === "1") return { ...style, bold: true };
  if (parameters === "2") return { ...style, dim: true };
  return { ...style, color: COLORS[parameters] };
}

function partsOf(line) {
  const parts = [];
  for (const { letter, style } of Array.from(line, (cell) => cell ?? { letter: " ", style: PLAIN })) {
    const last = parts.at(-1);
    if (last?.style === style) last.text += letter;
    else parts.push({ text: letter, style });
  }
  return parts.map(({ text, style }) => ({ text, ...style }));
}
