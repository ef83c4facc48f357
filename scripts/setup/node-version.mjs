// Runs before anything else, so it uses only what old versions of Node have.
const OLDEST = [20, 20];

export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(
    `sipgate-call needs Node.js ${OLDEST.join(".")} or newer; this is ${process.version}. See https://nodejs.org`,
  );
  process.exit(1);
}
