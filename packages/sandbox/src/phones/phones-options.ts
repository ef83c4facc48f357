/** The device ids that phones can be rung by. */
const DEVICE_ID = /^e(?:0|[1-9]\d{0,5})$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** Options for phones that register. */
export interface PhonesOptions {
  /**
   * The TCP port for SIP, from 1 to 65535. 0: any free one; `sandbox.sipServer` says which.
   * @default 0
   */
  readonly sipPort?: number;
  /**
   * Which VoIP phone is rung for a number to dial: `{ "+493023125010": "e7" }`. Every account gets these phones.
   * @default {}
   */
  readonly callees?: Readonly<Record<string, string>>;
  /**
   * Whether each call names its id to phones, in the header `X-Sandbox-Call-Id` of the INVITE.
   * @default false
   */
  readonly callIdHeader?: boolean;
  /**
   * Gets each SIP message with its time and direction, without what is secret.
   *
   * @default nobody is told
   */
  readonly trace?: (text: string) => void;
}

/** Checked options, with the defaults filled in. */
export interface CheckedPhonesOptions {
  readonly sipPort: number;
  readonly callees: ReadonlyMap<string, string>;
  readonly callIdHeader: boolean;
  readonly trace: ((text: string) => void) | undefined;
}

/** Checks the options. Problems are added to the list; then the result is of no use. */
export function checkPhonesOptions(
  phones: boolean | PhonesOptions,
  problems: string[],
): CheckedPhonesOptions | undefined {
  if (phones === false) return undefined;
  if (phones !== true && (typeof phones !== "object" || phones === null)) {
    problems.push("phones must be true, false or an object");
    return undefined;
  }
  const {
    sipPort = 0,
    callees = {},
    callIdHeader = false,
    trace,
    ...unknown
  } = phones === true ? {} : phones;
  problems.push(...Object.keys(unknown).map((name) => `there is no option phones.${name}`));
  if (!Number.isInteger(sipPort) || sipPort < 0 || sipPort > 65_535) {
    problems.push("phones.sipPort must be a whole number from 0 to 65535");
  }
  for (const [number, deviceId] of Object.entries(callees)) {
    const problem = calleeProblem(number, deviceId);
    if (problem !== undefined) problems.push(`phones.callees ${problem}`);
  }
  if (typeof callIdHeader !== "boolean") problems.push("phones.callIdHeader must be true or false");
  if (trace !== undefined && typeof trace !== "function") problems.push("phones.trace must be a function");
  return { sipPort, callees: new Map(Object.entries(callees)), callIdHeader, trace };
}

/** Why a phone can't be given a number, to be put after the option's name; `undefined` if it can. */
export function calleeProblem(number: string, deviceId: string): string | undefined {
  if (E164.test(number) && DEVICE_ID.test(deviceId)) return undefined;
  return "must lead from a number in E.164 with plus to a VoIP phone, such as +493023125010 to e7";
}
