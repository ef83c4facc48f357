import { InvalidRequestError, type Problem } from "./errors.js";
import { type Extension, looksLikeExtension, readExtension } from "./extension.js";
import { type E164, readPhoneNumber } from "./number/phone-number.js";
import { unknownNames } from "./options.js";
import { printable } from "./text/printable.js";

/**
 * What a call needs. Numbers may be written as people write them; see {@link readPhoneNumber}. Source of the
 * combinations that sipgate accepts: the README of its official library.
 */
export interface CallRequest {
  /** What rings first: an extension of yours (`e0`) or a phone number. With a number, `deviceId` is required. */
  readonly caller: string;
  /**
   * The number to reach. Emergency numbers and numbers that sipgate bars are refused. Source: sipgate's FAQ and help
   * page.
   */
  readonly callee: string;
  /**
   * The number that the callee sees.
   *
   * @default the device's, otherwise the caller's
   */
  readonly callerId?: string | undefined;
  /**
   * The extension that is billed and lends its number, e.g. `e0`. Required if `caller` is a phone number.
   *
   * @default the caller
   */
  readonly deviceId?: string | undefined;
}

/** A call to place. */
export interface PlaceRequest extends CallRequest {
  /**
   * Your own name for this one call, up to 255 characters. If any process uses the same key again, nobody is
   * rung, and it gets the call that was placed with it.
   *
   * @default each request is a call of its own
   */
  readonly idempotencyKey?: string | undefined;
}

/**
 * A request that has been checked: numbers are international, extensions are well formed. Everything that
 * takes a request takes this very object without checking it again.
 */
export interface CheckedCallRequest {
  /** What rings first. */
  readonly caller: Extension | E164;
  /** The number to reach. */
  readonly callee: E164;
  /** The number that the callee sees. Undefined if none was given. */
  readonly callerId?: E164;
  /** The extension that is billed. Undefined if none was given. */
  readonly deviceId?: Extension;
}

const FIELDS = ["caller", "callee", "callerId", "deviceId"] as const;
type Field = (typeof FIELDS)[number];

/** Whether what rings first is an extension, not a phone number. */
export function isExtension(caller: Extension | E164): caller is Extension {
  return !caller.startsWith("+");
}

/** The results of checking requests; separate objects, so later changes to a request don't count. */
const CHECKED = new WeakMap<object, CheckedCallRequest>();

/**
 * Checks a request and puts it into the form that sipgate accepts. Nothing is sent.
 *
 * @param defaultCountry two letters (ISO 3166-1): the country in which numbers without a country code are
 * dialled. Default: `DE`
 * @throws InvalidRequestError naming every problem of every field
 * @example
 * ```ts
 * import { checkCallRequest } from "sipgate-call";
 *
 * const { callee } = await checkCallRequest({ caller: "e0", callee: "030 23125010" });
 * console.log(callee); // +493023125010
 * ```
 */
export function checkCallRequest(request: CallRequest, defaultCountry = "DE"): Promise<CheckedCallRequest> {
  return check(request, defaultCountry, FIELDS);
}

/** The same for a request that may have an `idempotencyKey`, which isn't checked here. */
export function checkPlaceRequest(request: PlaceRequest, defaultCountry = "DE"): Promise<CheckedCallRequest> {
  return check(request, defaultCountry, [...FIELDS, "idempotencyKey"]);
}

/** A checked request with a key; it still counts as checked. */
export function withKey(request: CheckedCallRequest, idempotencyKey: string | undefined): PlaceRequest {
  if (idempotencyKey === undefined) return request;
  const keyed = Object.freeze({ ...request, idempotencyKey });
  CHECKED.set(keyed, request);
  return keyed;
}

async function check(
  request: CallRequest,
  defaultCountry: string,
  fields: readonly string[],
): Promise<CheckedCallRequest> {
  if (typeof request !== "object" || request === null) throw new InvalidRequestError([noRequest()]);
  const known = CHECKED.get(request);
  if (known !== undefined) return known;
  const problems = unknownNames(request, fields, "field");
  const checked = await checkFields(given(request), defaultCountry, problems);
  if (problems.length > 0 || checked === undefined) throw new InvalidRequestError(problems);
  CHECKED.set(checked, checked);
  return Object.freeze(checked);
}

type Given = Readonly<Record<Field, unknown>>;

/** Reads each field once: a second read may return something else. */
function given({ caller, callee, callerId, deviceId }: CallRequest): Given {
  return { caller, callee, callerId, deviceId };
}

async function checkFields(
  request: Given,
  country: string,
  problems: Problem[],
): Promise<CheckedCallRequest | undefined> {
  const text = (field: Field) => textOf(request, field, problems);
  const number = (field: Field) => numberOf(field, text(field), country, problems);
  const isExtensionMeant = callerIsExtension(request);

  const caller = isExtensionMeant ? extensionOf("caller", text("caller"), problems) : await number("caller");
  const callee = await number("callee");
  const callerId = request.callerId === undefined ? undefined : await number("callerId");
  const deviceId =
    request.deviceId === undefined ? undefined : extensionOf("deviceId", text("deviceId"), problems);
  if (!isExtensionMeant && caller !== undefined && request.deviceId === undefined) {
    problems.push(missingDevice());
  }
  if (caller === undefined || callee === undefined) return undefined;
  return {
    caller,
    callee,
    ...(callerId === undefined ? {} : { callerId }),
    ...(deviceId === undefined ? {} : { deviceId }),
  };
}

function callerIsExtension({ caller }: Given): boolean {
  return typeof caller === "string" && looksLikeExtension(caller.trim());
}

/** The field's text, or undefined if it's missing, blank or not text; that is then noted as a problem. */
function textOf(request: Given, field: Field, problems: Problem[]): string | undefined {
  const value = request[field];
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  const remedy = REMEDY_IF_MISSING[field];
  if (value === undefined) problems.push({ field, code: "missing", message: "It's missing.", remedy });
  else if (typeof value === "string") problems.push({ field, code: "blank", message: "It's blank.", remedy });
  else problems.push({ field, code: "not-text", message: `It must be text, not ${typeof value}.`, remedy });
  return undefined;
}

const REMEDY_IF_MISSING: Readonly<Record<Field, string>> = {
  caller: "Say what rings first: your phone's extension, such as e0, or a phone number.",
  callee: "Say whom to call: a phone number such as +49 30 23125 000.",
  callerId: "Give a number of yours, or leave it out to show the device's own.",
  deviceId: "Give the extension of a device of yours, such as e0, or leave it out.",
};

async function numberOf(
  field: Field,
  text: string | undefined,
  country: string,
  problems: Problem[],
): Promise<E164 | undefined> {
  if (text === undefined) return undefined;
  const result = await readPhoneNumber(text, country);
  if (result.ok) return result.number;
  const { code, message, remedy, readings } = result;
  const problem = { field, code, message, remedy, ...(readings.length > 0 && { readings }) };
  problems.push(field === "caller" && code === "not-a-number" ? neitherOf(text) : problem);
  return undefined;
}

/** Users may well give the name of a phone as the caller. */
function neitherOf(text: string): Problem {
  return {
    field: "caller",
    code: "not-a-number",
    message: `"${printable(text)}" is neither an extension nor a phone number.`,
    remedy: "Give the extension of a phone of yours, such as e0; client.devices() lists them.",
  };
}

function extensionOf(field: Field, text: string | undefined, problems: Problem[]): Extension | undefined {
  if (text === undefined) return undefined;
  const result = readExtension(text);
  if (result.ok) return result.extension;
  const { code, message, remedy } = result;
  problems.push({ field, code, message, remedy });
  return undefined;
}

function missingDevice(): Problem {
  return {
    field: "deviceId",
    code: "missing",
    message: "It's missing: with a phone number as the caller, sipgate has to know which device pays.",
    remedy: "Give the extension of a device of yours, such as e0, as the device.",
  };
}

function noRequest(): Problem {
  return {
    field: "request",
    code: "missing",
    message: "It's missing.",
    remedy: "Give an object with at least caller and callee.",
  };
}
