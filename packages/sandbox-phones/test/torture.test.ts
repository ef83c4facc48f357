// Messages like those of RFC 4475, which torture parsers, and malformed input: each is answered or dropped, and the next
// one is answered. The names are those of the RFC. Then input that was broken at random, of which `npm run check:phones`
// sends more.

import { describe, expect, it } from "vitest";
import { fuzzCalls } from "../../../scripts/fuzz-phones/calls.mjs";
import { fuzzStrangers } from "../../../scripts/fuzz-phones/strangers.mjs";
import { parseMessage } from "../src/codec/parse.js";
import { parseSdp } from "../src/media/sdp/session-description.js";
import { RawPhone } from "./raw-phone.js";
import { PhoneSandbox } from "./support.js";
import { until } from "./until.js";

/** A proper request; what is named is replaced. */
function message(
  changes: Partial<Record<"start" | "via" | "from" | "to" | "callId" | "cseq" | "more" | "end", string>> = {},
) {
  const {
    start = "OPTIONS sip:user@example.com SIP/2.0",
    via = "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKtorture",
    from = "From: <sip:caller@example.net>;tag=1",
    to = "To: <sip:user@example.com>",
    callId = "Call-ID: torture@192.0.2.1",
    cseq = "CSeq: 8 OPTIONS",
    more = "Max-Forwards: 70",
    end = "Content-Length: 0\r\n\r\n",
  } = changes;
  return [start, via, from, to, callId, cseq, more, end].filter((line) => line !== "").join("\r\n");
}

const ANSWERED: readonly [name: string, text: string, status: number][] = [
  [
    "wsinv: folded lines, blanks and short names everywhere",
    message({
      via: "v :  SIP  /   2.0\r\n /TCP\r\n    192.0.2.2  ;rport ; branch  = z9hG4bK390",
      from: 'f   : "J \\\\\\"" <sip:caller@example.net>\r\n  ;\r\n  tag = 98',
      to: "TO :\r\n sip:user@example.com ;   tag    = ",
      cseq: "cseq: 0008\r\n  OPTIONS",
      more: "s :\r\nNewFangled:   value\r\n continued\r\nUnknownWithUnusualValue: ;;,,;;,;",
      end: "l : 0\r\n\r\n",
    }),
    200,
  ],
  [
    "intmeth: a wide range of characters",
    message({
      start:
        "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy,/*:pas$wo~d@example.com SIP/2.0",
      cseq: "CSeq: 8 !interesting-Method0123456789_*+`.%indeed'~",
      to: 'To: "BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f" <sip:user@example.com>',
    }),
    405,
  ],
  ["esc01: percent signs", message({ to: "To: sip:%75se%72@example.com" }), 200],
  ["escnull: nulls that are escaped", message({ to: "To: <sip:null-%00-null@example.com>" }), 200],
  [
    "esc02: a percent sign that escapes nothing, in a method",
    message({ start: "RE%47IST%45R sip:user@example.com SIP/2.0", cseq: "CSeq: 8 RE%47IST%45R" }),
    405,
  ],
  [
    "lwsdisp: no blank between name and address",
    message({ from: "From: caller<sip:caller@example.net>;tag=1" }),
    200,
  ],
  ["longreq: long values", message({ more: `X-Long: ${"a".repeat(8_000)}` }), 200],
  [
    "semiuri: a semicolon in the user",
    message({ start: "OPTIONS sip:user;par=u%40h@example.com SIP/2.0" }),
    200,
  ],
  [
    "transports: unknown transports",
    message({ via: "Via: SIP/2.0/UNKNOWN 192.0.2.1;branch=z9hG4bKtorture" }),
    200,
  ],
  [
    "mpart01: a body of several parts",
    message({ more: "Content-Type: multipart/mixed;boundary=7a9c", end: "Content-Length: 6\r\n\r\n--7a9c" }),
    200,
  ],
  [
    "ltgtruri: an address in angle brackets",
    message({ start: "OPTIONS <sip:user@example.com> SIP/2.0" }),
    400,
  ],
  [
    "escruri: headers in the address",
    message({ start: "OPTIONS sip:user@example.com?Route=%3Csip:x%3E SIP/2.0" }),
    200,
  ],
  ["baddate: a date that is none", message({ more: "Date: Fri, 01 Jan 2010 16:00:00 EST" }), 200],
  [
    "baddn: a name that should be in quotes",
    message({ from: "From: Bell, Alexander <sip:caller@example.net>;tag=1" }),
    200,
  ],
  ["badaspec: blanks in an address", message({ to: 'To: "Watson" < sip:user@example.com >' }), 200],
  ["mismatch01: CSeq names another method", message({ cseq: "CSeq: 8 INVITE" }), 400],
  [
    "mismatch02: CSeq names another unknown method",
    message({ start: "NEWMETHOD sip:user@example.com SIP/2.0", cseq: "CSeq: 8 INVITE" }),
    400,
  ],
  ["scalar02: numbers that are too large", message({ cseq: "CSeq: 36893488147419103232 OPTIONS" }), 400],
  ["quotbal: a quote that isn't closed", message({ to: 'To: "Mr. J. User <sip:user@example.com>' }), 400],
  [
    "badbranch: a branch of the magic cookie alone",
    message({ via: "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK" }),
    200,
  ],
  [
    "unkscm: an unknown scheme",
    message({ start: "OPTIONS nobodyKnowsThisScheme:totallyopaque SIP/2.0" }),
    400,
  ],
  ["unksm2: unknown schemes in From and To", message({ from: "From: <http://www.example.com>;tag=1" }), 400],
  [
    "bext01: required extensions that nobody has",
    message({ more: "Require: nothingSupportsThis, nothingSupportsThisEither" }),
    420,
  ],
  ["multi01: headers that come twice", message({ more: "Call-ID: other@192.0.2.1" }), 400],
  [
    "regbadct: a Contact without angle brackets",
    message({
      start: "REGISTER sip:example.com SIP/2.0",
      cseq: "CSeq: 8 REGISTER",
      more: "Contact: sip:user@example.com?Route=%3Csip:x%3E",
    }),
    401,
  ],
  [
    "regaut01: an unknown kind of proof",
    message({
      start: "REGISTER sip:example.com SIP/2.0",
      cseq: "CSeq: 8 REGISTER",
      more: "Authorization: NoOneKnowsThisScheme opaque-data=here",
    }),
    401,
  ],
  ["zeromf: Max-Forwards of 0", message({ more: "Max-Forwards: 0" }), 200],
  [
    "inv2543: no branch, no tags, as before 2002",
    message({ via: "Via: SIP/2.0/UDP iftgw.example.com", from: "From: <sip:caller@example.net>" }),
    200,
  ],
  ["lwsruri: blanks in the address", message({ start: "OPTIONS sip:user@example.com; lr SIP/2.0" }), 400],
  ["lwsstart: blanks in the start line", message({ start: "OPTIONS  sip:user@example.com  SIP/2.0" }), 400],
  [
    "trws: blanks at the end of the start line",
    message({ start: "OPTIONS sip:user@example.com SIP/2.0  " }),
    400,
  ],
  [
    "badvers is dropped, what follows isn't",
    `${message({ start: "OPTIONS sip:user@example.com SIP/7.0" })}${message()}`,
    200,
  ],
];

/** Nothing can be said about these, or nobody is to be told. */
const DROPPED: readonly [name: string, text: string][] = [
  [
    "badinv01: separators without values",
    message({
      via: "Via: SIP/2.0/TCP 192.0.2.15;;,;,,",
      to: "To: sip:j.user@example.com;tag=1;;;",
      callId: "",
    }),
  ],
  ["clerr: a Content-Length that is too large", message({ end: "Content-Length: 9999\r\n\r\nshort" })],
  ["ncl: a negative Content-Length", message({ end: "Content-Length: -999\r\n\r\n" })],
  [
    "scalarlg: a response with numbers that are too large",
    message({ start: "SIP/2.0 503 Service Unavailable", more: "Retry-After: 949302838503028349304023988" }),
  ],
  [
    "bigcode: a status that is too large",
    message({ start: "SIP/2.0 4294967301 better not break the receiver" }),
  ],
  ["insuf: From and To are missing", message({ from: "", to: "" })],
  [
    "novelsc: an address that isn't SIP's, in a response",
    message({ start: "SIP/2.0 200 OK", to: "To: <soap.beep://192.0.2.103:3002>" }),
  ],
  ["badvers: another version", message({ start: "OPTIONS sip:user@example.com SIP/7.0" })],
  [
    "unreason: a response that nobody asked for",
    message({ start: "SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e" }),
  ],
  ["noreason: a response without a reason", message({ start: "SIP/2.0 100 " })],
  ["A head without an end", `OPTIONS sip:user@example.com SIP/2.0\r\nX: ${"a".repeat(20_000)}`],
];

describe("messages that torture parsers", () => {
  it.each(ANSWERED.map(([name, text, status]) => [name, status, text] as const))(
    "%s: answered with %i",
    async (_, status, text) => {
      const phones = await PhoneSandbox.start();
      const phone = await RawPhone.connect(await phones.account("e0"));
      phone.socket.write(text);
      await until(
        () => phone.received.length > 0,
        () => "a response",
      );
      expect(phone.received.map((response) => response.status)).toEqual([status]);
    },
  );

  it.each(DROPPED)("%s: dropped", async (_, text) => {
    const phones = await PhoneSandbox.start();
    const phone = await RawPhone.connect(await phones.account("e0"));
    phone.socket.end(text);
    await until(
      () => phone.isClosed,
      () => "the end of the connection",
    );
    expect(phone.received).toEqual([]);
    const other = await RawPhone.connect(phone.account);
    expect((await other.request("OPTIONS", "sip:user@example.com", [])).status).toBe(200);
  });

  it("dblreq: two requests in one packet are two, and one in two packets is one", async () => {
    const phones = await PhoneSandbox.start();
    const phone = await RawPhone.connect(await phones.account("e0"));
    const two = `${message()}${message({ via: "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKother" })}`;
    phone.socket.write(two.slice(0, 100));
    await new Promise((resolve) => setImmediate(resolve));
    phone.socket.write(two.slice(100));
    await until(
      () => phone.received.length === 2,
      () => "two responses",
    );
  });

  it("An empty line is answered with one: phones ask so whether we're there", async () => {
    const phones = await PhoneSandbox.start();
    const phone = await RawPhone.connect(await phones.account("e0"));
    const data = new Promise((resolve) => phone.socket.once("data", resolve));
    phone.socket.write("\r\n\r\n");
    expect(String(await data)).toBe("\r\n");
  });
});

describe("long input", () => {
  it.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["quotes", '"'],
    ["brackets", "<"],
    ["percent signs", "%"],
    ["blanks", " "],
    ["colons", ":"],
    ["addresses", "<sip:a@b>,"],
  ])("A header of 16 kB of %s is read in time", (_, text) => {
    const long = text.repeat(16_000 / text.length);
    for (const name of ["Via", "From", "To", "Contact", "Authorization", "CSeq", "Require"]) {
      parseMessage(`${message({ end: "" })}\r\n${name}: ${long}`, Buffer.alloc(0));
      parseMessage(
        message({ end: "" }).replace(new RegExp(`${name}: .*`), `${name}: ${long}`),
        Buffer.alloc(0),
      );
    }
  });

  it("An SDP of 64 kB is read in time, whatever is in it", () => {
    for (const line of ["m=audio 1 a 0", "a=rtpmap:0 ", "c=IN IP4 ", "a=", "v=0", "m=", " "]) {
      parseSdp(`v=0\r\n${`${line}\r\n`.repeat(64_000 / (line.length + 2))}`);
      parseSdp(`v=0\r\n${line.repeat(64_000 / line.length)}`);
    }
  });
});

it("3,000 messages of strangers: SIP, SDP, RTP, STUN and WebSocket", async () => {
  const { messages, answers } = await fuzzStrangers({ count: 3_000 });
  expect(messages).toBeGreaterThanOrEqual(3_000);
  expect(answers).toBeGreaterThan(100);
});

it("1,000 messages of phones that have proven who they are, in their calls, and of a browser in what it encrypts", async () => {
  const { messages, answers, established } = await fuzzCalls({ count: 1_000 });
  expect(messages).toBeGreaterThanOrEqual(1_000);
  expect(established).toBeGreaterThan(20);
  expect(answers).toBeGreaterThan(100);
});
