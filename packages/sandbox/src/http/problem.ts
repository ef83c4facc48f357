import { STATUS_CODES } from "node:http";

/** A refusal, thrown anywhere while a request is being answered. `detail` never repeats what the client sent. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** A JSON pointer to the field that is wrong, as `/callee`. */
  readonly pointer: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: { pointer?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.pointer = more.pointer;
    this.headers = more.headers ?? {};
  }

  /** sipgate's shape of an error. */
  toJSON(): object {
    const error = {
      status: this.status,
      title: STATUS_CODES[this.status] ?? "Error",
      detail: this.message,
      ...(this.pointer === undefined ? {} : { source: { pointer: this.pointer } }),
    };
    return { errors: [error] };
  }
}
