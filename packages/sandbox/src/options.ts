export interface SandboxOptions {
  /** 0 to 65535; 0 takes a free one. Default: 0. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`, so that only this machine reaches it. */
  readonly host?: string | undefined;
  /** `manual`: time stands still until `sandbox.clock.advance` moves it. Default: `real`. */
  readonly clock?: "real" | "manual" | undefined;
}

/** @throws TypeError naming every option that's wrong */
export function checkedOptions(
  options: SandboxOptions,
): Required<{ [K in keyof SandboxOptions]: NonNullable<SandboxOptions[K]> }> {
  const { port = 0, host = "127.0.0.1", clock = "real" } = options;
  const problems = [
    ...unknownNames(options),
    ...(Number.isInteger(port) && port >= 0 && port <= 65_535
      ? []
      : ["port must be a whole number from 0 to 65535"]),
    ...(typeof host === "string" && host !== "" ? [] : ["host must be an address such as 127.0.0.1"]),
    ...(clock === "real" || clock === "manual" ? [] : ['clock must be "real" or "manual"']),
  ];
  if (problems.length > 0) throw new TypeError(`createSandbox: ${problems.join("; ")}.`);
  return { port, host, clock };
}

function unknownNames(options: SandboxOptions): string[] {
  const known = ["port", "host", "clock"];
  return Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => `there is no option ${name}`);
}
