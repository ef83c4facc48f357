// The dialer in a process of its own, as its user starts it.
import { readFileSync } from "node:fs";
import { startDialer } from "../../packages/dialer/dist/index.js";
import { serve } from "../processes.mjs";

const [folder] = process.argv.slice(2);
const dialer = await startDialer({ port: 0, folder });
serve(
  { port: dialer.port },
  {
    /** The address that the private file sends a browser to. */
    entrance: () =>
      /url=([^"]+)"/.exec(readFileSync(dialer.opener(), "utf8"))?.[1].replaceAll("&amp;", "&") ?? "",
  },
);
