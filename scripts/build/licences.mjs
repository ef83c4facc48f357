import { readdirSync, readFileSync } from "node:fs";

/**
 * The licences of the packages that bundled files are from, as a comment: they ask to go with every copy.
 *
 * @returns {string} empty if all files are ours
 */
export function licencesOf(root, files) {
  const packages = new Set(
    files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = `${root}node_modules/${name}`;
    const licences = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
    if (licences.length === 0) throw new Error(`${name} has no licence to go with it.`);
    const text = licences.map((licence) => readFileSync(`${folder}/${licence}`, "utf8").trim());
    return `${name}\n\n${text.join("\n\n")}`;
  });
  return texts.length === 0 ? "" : `/*!\n${texts.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/\n`;
}
