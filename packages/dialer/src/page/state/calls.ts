// The calls of this dialer, and what one can do with them.
import { computed, signal } from "@preact/signals";
import type { WireCall, WireChange, WireControl, WireEvent, WireProblem } from "../../wire/wire.js";
import { callerId, contactOf, device } from "./account.js";
import { post, RequestFailed } from "./server.js";

const all = signal<ReadonlyMap<string, WireCall>>(new Map());
/** The call that is shown: it stays after its end until the user is done with it. */
const shownId = signal("");

export const current = computed(() => all.value.get(shownId.value));
/** Why a control of the current call didn't work. */
export const refused = signal<WireProblem | undefined>(undefined);

export const latest = (call: WireCall): WireChange =>
  call.changes.at(-1) ?? { state: "placing", evidence: "click", at: "" };

export function isOver(call: WireCall): boolean {
  const { state } = latest(call);
  return state === "ended" || state === "unknown";
}

export const isRunning = computed(() => current.value !== undefined && !isOver(current.value));

export function nameOf(call: WireCall): string {
  return contactOf(call.callee)?.name ?? call.calleeFormatted;
}

export function takeEvent(event: WireEvent): void {
  const calls = event.kind === "call" ? [event.call] : event.calls;
  for (const call of calls) keep(call);
  const running = calls.find((call) => !isOver(call));
  if (running !== undefined && !isRunning.value) shownId.value = running.id;
}

/** Dials. Called by a click or by Enter, and by nothing else. */
export async function place(callee: string, calleeFormatted: string): Promise<void> {
  const caller = device.value?.id;
  if (caller === undefined || isRunning.value) return;
  const id = crypto.randomUUID();
  const order = { id, caller, callee, ...(callerId.value && { callerId: callerId.value }) };
  const clicked: WireChange = { state: "placing", evidence: "click", at: new Date().toISOString() };
  keep({
    ...order,
    profile: "",
    platform: undefined,
    calleeFormatted,
    changes: [clicked],
    muted: false,
    held: false,
    recording: false,
  });
  shownId.value = id;
  refused.value = undefined;
  await post<WireCall>("/api/calls", order).catch((error: unknown) => {
    const call = all.value.get(id);
    if (call === undefined || call.changes.length > 1) return;
    const problem = problemOf(error);
    const state = problem.placed === "no" ? "ended" : "unknown";
    keep({ ...call, problem, changes: [clicked, { ...clicked, state, evidence: "response" }] });
  });
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

function keep(call: WireCall): void {
  all.value = new Map(all.value).set(call.id, call);
}

const problemOf = (error: unknown): WireProblem =>
  error instanceof RequestFailed
    ? error.problem
    : { code: "unexpected-answer", message: String(error), remedy: "", placed: "unknown" };
