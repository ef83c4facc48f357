import { STATUS_CODES } from "node:http";

/**
 * An error response. It can be thrown anywhere while a request is handled. `detail` never repeats what the client
 * sent.
 */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** A JSON pointer to the wrong field, such as `/callee`. */
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

  /** The error as sipgate's API shapes it. */
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
