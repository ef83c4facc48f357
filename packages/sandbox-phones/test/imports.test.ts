// The folders of this package, and what each may import: the linter's rows hold.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { importsBelow } from "../../../test/import-graph.js";
import { type ImportRow, testImportRows } from "../../../test/import-rows.js";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

/** Nothing of the sandbox: the ports are all that is known of it. */
const OUTSIDE = ["sipgate-sandbox", "sipgate-call", "../../../sandbox/src/index.js"];

/** What a file in each folder may import, and what it may not: its neighbours above, other packages. */
const ROWS: Readonly<Record<string, ImportRow>> = {
  "": {
    allowed: ["./ports.js", "./calls/sip-phone.js", "./media-control/media-thread.js"],
    forbidden: [...OUTSIDE, "node:net", "werift", "ws"],
  },
  codec: {
    allowed: ["./message.js"],
    forbidden: [...OUTSIDE, "../ports.js", "../transports/flow.js", "node:net"],
  },
  transports: {
    allowed: ["../codec/message.js", "node:net", "ws"],
    forbidden: [...OUTSIDE, "../transactions/branch.js", "werift"],
  },
  transactions: {
    allowed: ["../codec/message.js", "../transports/flow.js"],
    forbidden: [...OUTSIDE, "../dialogs/dialog.js", "../ports.js", "ws"],
  },
  dialogs: {
    allowed: ["../transactions/branch.js"],
    forbidden: [...OUTSIDE, "../calls/in-call.js", "../media/party.js"],
  },
  registrar: {
    allowed: ["../ports.js", "../transactions/branch.js"],
    forbidden: [...OUTSIDE, "../dialogs/dialog.js", "../calls/in-call.js", "../media/party.js"],
  },
  media: {
    allowed: ["./rtp/reception.js", "node:worker_threads"],
    forbidden: [
      ...OUTSIDE,
      "../ports.js",
      "../transports/flow.js",
      "../media-control/media-thread.js",
      "../transactions/branch.js",
      "../calls/in-call.js",
      "../codec/message.js",
      "werift",
    ],
  },
  "media/sdp": {
    allowed: ["../g711.js"],
    forbidden: [...OUTSIDE, "../rtp/reception.js", "../../codec/message.js"],
  },
  "media/sources": {
    allowed: ["../g711.js"],
    forbidden: [...OUTSIDE, "../rtp/reception.js", "../../ports.js"],
  },
  "media/rtp": {
    allowed: ["../g711.js", "../sdp/plain-sdp.js"],
    forbidden: [...OUTSIDE, "../sources/sounds.js", "werift"],
  },
  "media/webrtc": {
    allowed: ["werift", "../rtp/rtp-packet.js"],
    forbidden: [...OUTSIDE, "../sources/sounds.js", "ws"],
  },
  "media-control": {
    allowed: ["../ports.js", "../media/media-service.js", "../media/reception-figures.js"],
    forbidden: [
      ...OUTSIDE,
      "../media/phone-audio.js",
      "../media/rtp/reception.js",
      "../transports/flow.js",
      "../calls/in-call.js",
      "werift",
    ],
  },
  inspector: {
    allowed: ["../ports.js", "../codec/message.js"],
    forbidden: [...OUTSIDE, "../calls/in-call.js", "../dialogs/dialog.js", "../media/phone-audio.js"],
  },
  calls: {
    allowed: ["../dialogs/dialog.js", "../media-control/audio-control.js", "../inspector/masked.js"],
    forbidden: [...OUTSIDE, "../start-phones.js", "../media/phone-audio.js", "werift", "ws"],
  },
};
testImportRows("packages/sandbox-phones/src", ROWS);

it("The sandbox is known by types of its ports alone", () => {
  const naming = [...importsBelow(SRC)].filter(([, imports]) =>
    imports.some(({ specifier }) => specifier === "sipgate-sandbox"),
  );
  expect(naming.map(([file]) => file)).toEqual(["ports.ts"]);
  expect(readFileSync(`${SRC}ports.ts`, "utf8")).toMatch(
    /^\/\*\*[^/]*\*\/\nexport type \{[^}]*\} from "sipgate-sandbox";\n$/,
  );
});
