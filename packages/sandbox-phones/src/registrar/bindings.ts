import type { Extension } from "../ports.js";
import type { Flow } from "../transports/flow.js";

/** How many phones may be registered at one extension. */
const MOST_PER_EXTENSION = 10;

/** A phone that is registered: over which connection it's reached, and until when. */
export interface Binding {
  readonly extension: Extension;
  readonly username: string;
  readonly flow: Flow;
  /** The phone's own address, as it was sent. */
  readonly contact: string;
  /** What tells a phone from others of its extension, if it has said so. */
  readonly instance: string;
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly registeredAt: number;
  readonly expiresAt: number;
}

/** All phones that are registered. A phone whose connection is gone isn't. */
export class Bindings {
  readonly #extensions = new Map<string, Map<string, { binding: Binding; timer: NodeJS.Timeout }>>();

  /** In the order in which they came. */
  of(extension: Extension): readonly Binding[] {
    return Array.from(this.#extensions.get(keyOf(extension))?.values() ?? [], ({ binding }) => binding);
  }

  *all(): Generator<Binding> {
    for (const phones of this.#extensions.values()) for (const { binding } of phones.values()) yield binding;
  }

  /** The phone behind a connection. */
  onFlow(extension: Extension, flow: Flow): Binding | undefined {
    return this.of(extension).find((binding) => binding.flow === flow);
  }

  /** Adds a phone, or renews it. Returns false if there are too many. */
  add(binding: Binding): boolean {
    const { extension, flow } = binding;
    const phones = this.#extensions.get(keyOf(extension)) ?? new Map();
    const key = phoneKey(binding);
    const before = phones.get(key);
    if (before === undefined && phones.size >= MOST_PER_EXTENSION) return false;
    this.#extensions.set(keyOf(extension), phones);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.remove(extension, key), binding.expiresAt - Date.now()).unref();
    const registeredAt = before?.binding.registeredAt ?? binding.registeredAt;
    phones.set(key, { binding: { ...binding, registeredAt }, timer });
    if (before?.binding.flow !== flow) flow.onClose(() => this.#removeOn(flow, extension));
    return true;
  }

  /** @param key of `phoneKey`; all phones of the extension without it */
  remove(extension: Extension, key?: string): void {
    const phones = this.#extensions.get(keyOf(extension));
    for (const [each, { timer }] of phones ?? []) {
      if (key !== undefined && each !== key) continue;
      clearTimeout(timer);
      phones?.delete(each);
    }
    if (phones?.size === 0) this.#extensions.delete(keyOf(extension));
  }

  #removeOn(flow: Flow, extension: Extension): void {
    for (const binding of this.of(extension)) {
      if (binding.flow === flow) this.remove(extension, phoneKey(binding));
    }
  }
}

/** What is the same for a phone that registers once more. */
export function phoneKey({ instance, contact }: Pick<Binding, "instance" | "contact">): string {
  return instance === "" ? contact : instance;
}

function keyOf({ account, deviceId }: Extension): string {
  return `${account}/${deviceId}`;
}
