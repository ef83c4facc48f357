/**
 * A regular expression with classes of Unicode, such as `\p{L}`, made when it's first used. Node makes those of a literal
 * while it reads the code: a tenth of what a start of the command line takes beyond Node's own.
 *
 * @param source as in a literal: give it by `String.raw`
 */
export function unicodePattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(source, flags);
    return made;
  };
}
