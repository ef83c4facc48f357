// Text for people. On a terminal, lines break between words, and commands that one can type stand out. In messages
// they are written in backticks, or on a line of their own, indented by two.
import { isColoured, type Style, styledFor } from "./style.js";
import { BEGIN, broken, END, windowWidth } from "./text-width.js";

const STYLES: readonly Style[] = ["bold", "dim", "red", "yellow", "green"];
/** A command, and perhaps what it does. */
const OWN_LINE = /^( {2,4}(?:npx )?sipgate-\S+(?: \S+)*)( {2}.*)?$/;
const HARD_SPACE = "\u00a0";

/** Marks a part of a text for `prose`. The part is printable, and stays on one line. */
export function marked(style: Style, text: string): string {
  return `${BEGIN}${STYLES.indexOf(style)}${text.replaceAll(" ", HARD_SPACE)}${END}`;
}

/**
 * @param text printable already, with marked parts
 * @param around the style of all other parts
 */
export function prose(text: string, stream: NodeJS.WriteStream, around?: Style): string {
  if (!stream.isTTY) return text.includes(BEGIN) ? shown(text, stream) : text;
  const isPlain = !isColoured(stream);
  const command = (whole: string, inside: string) =>
    isPlain ? whole.replaceAll(" ", HARD_SPACE) : marked("bold", inside);
  return text
    .replace(/`([^`\n]+)`/g, command)
    .split("\n")
    .flatMap((line) => ownLine(line) ?? brokenLine(line, windowWidth(stream)))
    .map((line) => shown(line, stream, around))
    .join("\n");
}

function ownLine(line: string): string[] | undefined {
  const [, command, about = ""] = OWN_LINE.exec(line) ?? [];
  return command === undefined ? undefined : [marked("bold", command) + about];
}

/** Breaks a line between words, each part indented as the first. */
function brokenLine(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return broken(line.slice(indent.length), width - indent.length).map((part) => indent + part);
}

function shown(line: string, stream: NodeJS.WriteStream, around?: Style): string {
  const style = styledFor(stream);
  const other = (text: string) => (around === undefined || text === "" ? text : style(around, text));
  const [before = "", ...parts] = line.split(BEGIN);
  const styled = parts.map((part) => {
    const end = part.indexOf(END);
    return style(STYLES[Number(part.charAt(0))] ?? "bold", part.slice(1, end)) + other(part.slice(end + 1));
  });
  return [other(before), ...styled].join("").replaceAll(HARD_SPACE, " ");
}
