import { readFigures } from "../media/reception-figures.js";
import type { AudioControl } from "../media-control/audio-control.js";
import type { InspectedAudio, InspectedMessage } from "../ports.js";

/** What is kept of how a phone's audio arrived. The rest of it goes with the call. */
interface NotedAudio extends Pick<AudioControl, "figures"> {
  readonly extension: string;
  readonly kind: InspectedAudio["kind"];
}

/** How many calls are remembered, and how many Call-IDs that belong to no call yet. */
const MOST_CALLS = 200;
const MOST_STRAYS = 200;
/** How many messages of one call, and how large ones: a browser's offer has 8 kB. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 12 * 1024;

/** A message of a call. Its text is made when somebody looks. */
export interface NotedMessage extends Omit<InspectedMessage, "text" | "extension"> {
  readonly text: () => string;
  /** Of the whole message. */
  readonly bytes: number;
}

interface CallRecord {
  readonly messages: { readonly noted: NotedMessage; readonly extension: string }[];
  readonly audio: Map<string, NotedAudio>;
}

/** What the newest calls consisted of: SIP messages, and how the audio arrived. */
export class CallRecords {
  /** By the id that the REST API has for a call. */
  readonly #calls = new Map<string, CallRecord>();
  /** By the Call-ID of SIP: each phone of a call has one of its own. */
  readonly #bySip = new Map<string, { readonly callId: string; readonly extension: string }>();
  readonly #strays = new Map<string, NotedMessage[]>();

  /** A phone has become part of a call. */
  begin(callId: string, sipCallId: string, extension: string, audio: AudioControl): void {
    const record = this.#calls.get(callId) ?? this.#create(callId);
    this.#bySip.set(sipCallId, { callId, extension });
    this.#takeStrays(sipCallId, extension, record);
    record.audio.set(sipCallId, { extension, kind: audio.kind, figures: audio.figures });
  }

  /** A phone goes on in a call with another Call-ID. */
  go(from: string, to: string): void {
    const known = this.#bySip.get(from);
    const record = this.#calls.get(known?.callId ?? "");
    const audio = record?.audio.get(from);
    if (known === undefined || record === undefined || audio === undefined) return;
    this.#bySip.set(to, known);
    this.#takeStrays(to, known.extension, record);
    record.audio.set(to, audio);
  }

  /** A phone goes on in another call: what comes from now on belongs there. */
  move(sipCallId: string, callId: string): void {
    const known = this.#bySip.get(sipCallId);
    const audio = this.#calls.get(known?.callId ?? "")?.audio.get(sipCallId);
    if (known === undefined || audio === undefined) return;
    const record = this.#calls.get(callId) ?? this.#create(callId);
    this.#bySip.set(sipCallId, { callId, extension: known.extension });
    record.audio.set(sipCallId, audio);
  }

  note(sipCallId: string, noted: NotedMessage): void {
    const message = noted.bytes <= MOST_BYTES ? noted : { ...noted, text: () => "It's too long to be kept." };
    const known = this.#bySip.get(sipCallId);
    if (known === undefined) push(this.#straysOf(sipCallId), message);
    else push(this.#calls.get(known.callId)?.messages ?? [], { noted: message, extension: known.extension });
  }

  messagesOf(callId: string): readonly InspectedMessage[] {
    const messages = this.#calls.get(callId)?.messages ?? [];
    return messages.map(({ noted: { bytes: _, ...message }, extension }) => ({
      ...message,
      extension,
      text: message.text(),
    }));
  }

  audioOf(callId: string): readonly InspectedAudio[] {
    // A phone that went on with another Call-ID stands there twice.
    return Array.from(new Set(this.#calls.get(callId)?.audio.values()), ({ extension, kind, figures }) => ({
      extension,
      kind,
      ...readFigures(figures),
    }));
  }

  #create(callId: string): CallRecord {
    const record: CallRecord = { messages: [], audio: new Map() };
    this.#calls.set(callId, record);
    for (const oldest of this.#calls.keys()) {
      if (this.#calls.size <= MOST_CALLS) break;
      for (const sipCallId of this.#calls.get(oldest)?.audio.keys() ?? [])
        if (this.#bySip.get(sipCallId)?.callId === oldest) this.#bySip.delete(sipCallId);
      this.#calls.delete(oldest);
    }
    return record;
  }

  /** Messages that came before it was known which call they are of. */
  #takeStrays(sipCallId: string, extension: string, record: CallRecord): void {
    for (const noted of this.#strays.get(sipCallId) ?? []) record.messages.push({ noted, extension });
    this.#strays.delete(sipCallId);
  }

  #straysOf(sipCallId: string): NotedMessage[] {
    const messages = this.#strays.get(sipCallId) ?? [];
    this.#strays.set(sipCallId, messages);
    for (const oldest of this.#strays.keys()) {
      if (this.#strays.size <= MOST_STRAYS) break;
      this.#strays.delete(oldest);
    }
    return messages;
  }
}

function push<T>(messages: T[], message: T): void {
  messages.push(message);
  if (messages.length > MOST_MESSAGES) messages.shift();
}
