// What can be planned: a call, or what is done to a running one.
import type { CallRequest } from "sipgate-call";

export type PlannedAction =
  | { readonly kind: "call"; readonly request: CallRequest }
  | { readonly kind: "hangup"; readonly callId: string }
  | { readonly kind: "mute"; readonly callId: string; readonly on: boolean }
  | { readonly kind: "hold"; readonly callId: string; readonly on: boolean }
  | { readonly kind: "dtmf"; readonly callId: string; readonly tones: string }
  | { readonly kind: "transfer"; readonly callId: string; readonly to: string; readonly attended: boolean }
  | { readonly kind: "record"; readonly callId: string; readonly on: boolean };
