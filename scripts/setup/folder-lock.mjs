// One process at a time changes the clone's node_modules and dist folders.
import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { SetupError } from "./setup-error.mjs";

const HEARTBEAT_MS = 1_000;
/** A lock that was not renewed for so long belongs to a process that was killed. */
const STALE_MS = 15_000;
const RETRY_MS = 100;

/**
 * Runs `work` while no other process runs work in the same clone.
 *
 * @param {string} root folder of the clone
 * @param {() => Promise<void>} work must not block the event loop for longer than `STALE_MS`
 * @throws SetupError if the clone cannot be written to
 */
export async function withFolderLock(root, work) {
  const lock = join(root, ".setup-lock");
  await acquire(lock, root);
  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { recursive: true, force: true });
  }
}

async function acquire(lock, root) {
  let told = false;
  while (!create(lock, root)) {
    if (isStale(lock)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!told) console.error("Waiting for another setup of this clone to end …");
    told = true;
    await setTimeout(RETRY_MS);
  }
}

/** @returns {boolean} whether the lock is ours now */
function create(lock, root) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw new SetupError(
      `Packages have to be installed or built here, but the folder ${root} cannot be written to (${error.code}). Run this as its owner, or clone the repository into a folder of your own.`,
    );
  }
}

function isStale(lock) {
  try {
    return Date.now() - statSync(lock).mtimeMs > STALE_MS;
  } catch {
    return false; // It has just been removed.
  }
}
