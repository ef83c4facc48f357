// What an agent does, and what the server answers. Only `callContact` dials, and only a click calls it.
import { batch, computed, signal } from "@preact/signals";
import type { WireListContact, WireListStatus, WireLists, WireSaid } from "../../wire/wire.js";
import { isBrowser, phoneStatus } from "../phone/browser-phone.js";
import { checkMicrophone } from "../phone/check-microphone.js";
import { account, callerId, device } from "../state/account.js";
import { current, dismiss, forget, isOver, isRunning, sendOrder } from "../state/calls.js";
import { desk } from "../state/desk.js";
import { get, post } from "../state/server.js";
import { readSetting, writeSetting } from "../state/settings.js";

/** Undefined until they have been read. */
export const statuses = signal<readonly WireListStatus[] | undefined>(undefined);
export const chosenList = signal(readSetting("call-list") ?? "");
export const agentName = signal(readSetting("agent") ?? "");

/** The status of the list that is worked on, or else chosen. */
export const status = computed(() => {
  const name = desk.value?.at?.list ?? chosenList.value;
  return statuses.value?.find(({ list }) => list === name);
});

export const isBrowserReady = (caller: string): boolean => isBrowser(caller) && phoneStatus.value === "ready";

/** On neo only the browser may be the phone, while it's connected. The server judges that, too. */
export const isPhoneRefused = computed(() => {
  const caller = desk.value?.at?.caller ?? device.value?.id ?? "";
  return account.value?.platform === "neo" && !isBrowserReady(caller);
});

function take({ desk: told, statuses: found }: WireLists): void {
  batch(() => {
    if (told.revision >= (desk.peek()?.revision ?? 0)) desk.value = told;
    // Without the database nothing is known, which isn't that there is nothing.
    if (told.problem === undefined || found.length > 0) statuses.value = found;
  });
}

/** If the dialer is gone, that is said above. */
const ask = (path: string, body: object = {}): Promise<void> =>
  post<WireLists>(`/api/lists/${path}`, body).then(take, () => {});

export const readLists = (): Promise<void> => get<WireLists>("/api/lists").then(take, () => {});

export function chooseList(name: string): void {
  chosenList.value = name;
  writeSetting("call-list", name);
}

export function chooseAgent(name: string): void {
  agentName.value = name;
  writeSetting("agent", name);
}

export async function begin(): Promise<void> {
  const caller = device.value?.id;
  if (caller === undefined) return;
  await ask("work", {
    list: chosenList.value,
    agent: agentName.value,
    caller,
    isBrowserReady: isBrowserReady(caller),
    ...(callerId.value && { callerId: callerId.value }),
  });
}

export async function next(): Promise<void> {
  const call = current.peek();
  if (call?.listed !== undefined && isOver(call)) dismiss();
  await ask("next");
}

export const skip = ({ id }: WireListContact): Promise<void> => ask("skip", { contact: id });
export const leave = (): Promise<void> => ask("leave");
export const say = (said: WireSaid): Promise<void> => ask("say", said);
export const setState = (list: string, state: WireListStatus["state"]): Promise<void> =>
  ask("state", { list, state });
export const review = (contact: string, wasReached: boolean): Promise<void> =>
  ask("review", { contact, wasReached });

/** Dials. Called by a click, and by nothing else. */
export async function callContact({ id: contact, number, formatted, name }: WireListContact): Promise<void> {
  const at = desk.peek()?.at;
  if (at === undefined || isRunning.value) return;
  if (isBrowser(at.caller) && !(await checkMicrophone())) return;
  const id = crypto.randomUUID();
  const order = {
    id,
    caller: at.caller,
    callee: number,
    calleeFormatted: formatted,
    listed: { list: at.list, name },
  };
  await sendOrder(order, async () => {
    const asked = { id, contact, isBrowserReady: isBrowserReady(at.caller) };
    const { isPlaced } = await post<{ readonly isPlaced: boolean }>("/api/lists/call", asked);
    if (!isPlaced) forget(id);
  });
}
