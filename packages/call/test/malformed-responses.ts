// Answers that are nearly sipgate's: right in places, anything at all in others.
import fc from "fast-check";

/** Text that would do harm on a terminal, in a spreadsheet, in a header or in a path. */
export const NASTY = [
  "\u001b[2J\u001b]0;title\u0007",
  "\u009b31m",
  "\u202eevil\u202c",
  "zero\u200bwidth\u2066\ufeff",
  "\r\nX-Evil: 1",
  "line\u2028line",
  "\ud800",
  "\0",
  '=cmd|" /C calc"!A0',
  ";=1+1",
  "＝1+1",
  "../..",
  ".",
  "..",
  "",
  "a/b?c#d",
  "x".repeat(5_000),
];

const PROTOTYPE_KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty"];
const nastyText = fc.constantFrom(...NASTY, ...PROTOTYPE_KEYS);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  nastyText,
  fc.constantFrom(null, 0, -1, 1e300, -5.5, true, [], {}, [[]], [null], [{}]),
);

/** What has the shape of an example, more or less. */
function around(example: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(example)) {
    const item = around(example[0]);
    return often(fc.array(item, { maxLength: 3 }));
  }
  if (typeof example === "object" && example !== null) {
    const fields = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, around(value)]));
    const more = fc.dictionary(fc.constantFrom(...PROTOTYPE_KEYS, "other"), anyJson, { maxKeys: 2 });
    const record = fc.record(fields, {
      requiredKeys: fc.sample(fc.subarray(Object.keys(fields)), 1)[0] ?? [],
    });
    return often(fc.tuple(record, more).map(([known, other]) => ({ ...other, ...known })));
  }
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(example) },
    { weight: 3, arbitrary: nastyText },
    anyJson,
  );
}

const often = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 12, arbitrary }, anyJson);

/** All that any of sipgate's answers holds, in one. */
const EXAMPLE = {
  sub: "w0",
  domain: "sipgate.de",
  sessionId: "NDkzMDIzMTI1MDAw",
  callId: "NDkzMDIzMTI1MDAw",
  amount: 1234,
  currency: "EUR",
  charged: true,
  items: [
    {
      id: "e0",
      alias: "Desk phone",
      type: "REGISTER",
      online: true,
      dnd: false,
      activePhonelines: [{ id: "p0", alias: "Line" }],
      number: "+493023125000",
      localized: "030 23125000",
      endpointId: "p0",
      endpointAlias: "Line",
      name: "Sales",
      users: [{ id: "w0", deviceIds: ["e0"] }],
      callId: "NDkzMDIzMTI1MDAw",
      source: "+493023125000",
      target: "+493023125001",
      direction: "OUTGOING",
      created: "2026-11-01T08:00:00Z",
      status: "PICKUP",
      callStatus: "SUCCESS",
      duration: 5,
      endpoints: [{ type: "ROUTED", endpoint: { extension: "e0", type: "REGISTER" } }],
    },
  ],
  data: [
    {
      callId: "NDkzMDIzMTI1MDAw",
      muted: false,
      hold: false,
      recording: false,
      participants: [
        { participantId: "1", phoneNumber: "+493023125000", muted: false, hold: false, owner: true },
      ],
    },
  ],
};

/** JSON whose numbers may be too large for JavaScript, and whose prototype keys are keys of their own. */
export const oddJson = around(EXAMPLE).map((value) => JSON.stringify(value).replaceAll("1e+300", "1e999"));

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "",
    "null",
    "[]",
    '"text"',
    "{",
    '{"items":[',
    "<html><title>Sign in</title>",
    `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
    "\u001b[2J",
  ),
);

/** A body of an answer. */
export const oddBody = fc.oneof({ weight: 5, arbitrary: oddJson }, oddText);
export const oddStatus = fc.oneof(
  { weight: 5, arbitrary: fc.constant(200) },
  fc.constantFrom(204, 301, 400, 401, 403, 404, 418, 429, 500),
);
