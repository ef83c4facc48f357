// The calls of this dialer, and what one can do with them.
import { computed, signal } from "@preact/signals";
import type {
  WireCall,
  WireCallRequest,
  WireChange,
  WireControl,
  WireEvent,
  WireProblem,
} from "../../wire/wire.js";
import { callerId, contactOf, device } from "./account.js";
import { post, RequestFailed } from "./server.js";

const all = signal<ReadonlyMap<string, WireCall>>(new Map());
/** Calls that this page has asked for, and no other. */
const placedHere = new Set<string>();
/** What this browser, as a phone, has observed of a call. */
const observed = signal<ReadonlyMap<string, readonly WireChange[]>>(new Map());
/** The call that is shown: it stays after its end until the user is done with it. */
const shownId = signal("");

export const current = computed(() => {
  const call = all.value.get(shownId.value);
  return call === undefined ? undefined : withObserved(call, observed.value.get(call.id) ?? []);
});

export const isPlacedHere = ({ id }: WireCall): boolean => placedHere.has(id);
/** Why a control of the current call didn't work. */
export const refused = signal<WireProblem | undefined>(undefined);

/** Whom sipgate is to call so that one can talk to them before a transfer. Nothing is heard of that call. */
export const consulted = signal<{ readonly id: string; readonly number: string } | undefined>(undefined);

export const latest = (call: WireCall): WireChange =>
  call.changes.at(-1) ?? { state: "placing", evidence: "click", at: "" };

export function isOver(call: WireCall): boolean {
  const { state } = latest(call);
  return state === "ended" || state === "unknown";
}

export const isRunning = computed(() => current.value !== undefined && !isOver(current.value));

export function nameOf(call: WireCall): string {
  return call.listed?.name ?? contactOf(call.callee)?.name ?? call.calleeFormatted;
}

export function takeEvent(event: WireEvent): void {
  if (event.kind === "desk") return;
  const calls = event.kind === "call" ? [event.call] : event.calls;
  if (event.kind === "hello") resumeForgotten(event.calls);
  for (const call of calls) keep(call);
  const running = calls.find((call) => !isOver(call));
  if (running !== undefined && !isRunning.value) shownId.value = running.id;
}

/** A dialer that was restarted doesn't know calls that go on: it's told of them. */
function resumeForgotten(known: readonly WireCall[]): void {
  for (const { id, caller, callee, callId, ...call } of all.peek().values()) {
    const isKnown = known.some((other) => other.id === id);
    if (!isKnown && callId !== undefined && !isOver({ id, caller, callee, ...call }))
      void post("/api/followed", { id, caller, callee, callId }).catch(() => {});
  }
}

/** Dials. Called by a click or by Enter, and by nothing else. */
export async function place(callee: string, calleeFormatted: string): Promise<void> {
  const caller = device.value?.id;
  if (caller === undefined || isRunning.value) return;
  const request = {
    id: crypto.randomUUID(),
    caller,
    callee,
    ...(callerId.value && { callerId: callerId.value }),
  };
  await sendRequest({ ...request, calleeFormatted }, () => post<WireCall>("/api/calls", request));
}

/** Shows a call while it's asked for, and why nothing came of it. */
export async function sendRequest(
  request: WireCallRequest & Pick<WireCall, "calleeFormatted" | "listed">,
  send: () => Promise<unknown>,
): Promise<void> {
  const { id } = request;
  const clicked: WireChange = { state: "placing", evidence: "click", at: new Date().toISOString() };
  keep({
    ...request,
    profile: "",
    platform: undefined,
    changes: [clicked],
    muted: false,
    held: false,
    recording: false,
  });
  placedHere.add(id);
  shownId.value = id;
  refused.value = undefined;
  await send().catch((error: unknown) => {
    const call = all.value.get(id);
    if (call === undefined || call.changes.length > 1) return;
    const problem = problemOf(error);
    const state = problem.placed === "no" ? "ended" : "unknown";
    keep({ ...call, problem, changes: [clicked, { ...clicked, state, evidence: "response" }] });
  });
}

/** Nothing came of a call request, and what is said of it stands elsewhere. */
export function forget(id: string): void {
  all.value = new Map([...all.peek()].filter(([each]) => each !== id));
  if (shownId.peek() === id) dismiss();
}

export async function control(command: WireControl): Promise<boolean> {
  const call = current.value;
  if (call === undefined) return false;
  refused.value = undefined;
  try {
    await post(`/api/calls/${call.id}`, command);
    return true;
  } catch (error) {
    refused.value = problemOf(error);
    return false;
  }
}

export const dismiss = (): void => {
  shownId.value = "";
  refused.value = undefined;
};

/** Our own phone rings or has answered: this browser is it. */
export function observe(state: "caller-ringing" | "caller-answered"): void {
  const call = current.peek();
  if (call === undefined || isOver(call)) return;
  const changes = observed.peek().get(call.id) ?? [];
  const change: WireChange = { state, evidence: "phone", at: new Date().toISOString() };
  observed.value = new Map(observed.peek()).set(call.id, [...changes, change]);
}

const ORDER: readonly WireChange["state"][] = [
  "placing",
  "accepted",
  "caller-ringing",
  "caller-answered",
  "callee-ringing",
  "connected",
  "ended",
  "unknown",
];

/** Each state once, as it was first seen, in the order of a call. */
function withObserved(call: WireCall, changes: readonly WireChange[]): WireCall {
  if (changes.length === 0) return call;
  const first = new Map<string, WireChange>();
  for (const change of [...changes, ...call.changes].sort((one, other) => one.at.localeCompare(other.at)))
    if (!first.has(change.state)) first.set(change.state, change);
  const all = [...first.values()];
  return {
    ...call,
    changes: all.sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state)),
  };
}

function keep(call: WireCall): void {
  // A dialer that was restarted has forgotten what was before.
  const before = all.peek().get(call.id);
  const whole =
    before === undefined
      ? call
      : withObserved({ ...call, listed: call.listed ?? before.listed }, before.changes);
  all.value = new Map(all.peek()).set(call.id, whole);
}

const problemOf = (error: unknown): WireProblem =>
  error instanceof RequestFailed
    ? error.problem
    : { code: "unexpected-response", message: String(error), remedy: "", placed: "unknown" };
