// Which proxy leads to a host: the option --proxy or the variable HTTPS_PROXY, and what NO_PROXY exempts. None of them comes
// from .env: a file in the current folder must not choose who stands between this machine and sipgate.
import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { isLoopback } from "../../sipgate/hosts.js";
import type { ChooseProxy } from "../../sipgate/http/proxy.js";
import { urlOf } from "../../sipgate/http/urls.js";
import { isTyped, type Setting, type Settings } from "../settings/settings.js";

/**
 * Undefined without a proxy, or if it's for other programs: this machine is reached directly.
 *
 * @param server where requests go, if that's known
 * @throws InvalidSettingsError if its address can't be used; the address isn't shown
 */
export function proxyOf({ proxy: setting }: Settings, server = ""): ChooseProxy | undefined {
  if (setting === undefined || setting.value === "") return undefined;
  if (!isTyped(setting) && isLoopback(urlOf(server)?.hostname ?? "")) return undefined;
  const proxy = addressOf(setting);
  const exempt = exemptBy(process.env.no_proxy || process.env.NO_PROXY || "");
  return (host, port) => (exempt(host, port) ? undefined : proxy);
}

function addressOf(setting: Setting): URL {
  const { value } = setting;
  const url = urlOf(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    !/^\/?$/.test(url.pathname + url.search + url.hash)
  )
    throw unusable(
      setting,
      "It isn't the address of an HTTP proxy.",
      "Write it like http://proxy.example:8080. SOCKS isn't supported.",
    );
  if (isTyped(setting) && url.username + url.password !== "")
    throw unusable(
      setting,
      "Credentials aren't accepted here, because other users of this machine can see options.",
      "Put the address with name and password into the variable HTTPS_PROXY.",
    );
  return url;
}

function unusable({ from }: Setting, message: string, remedy: string): InvalidSettingsError {
  const problem: Problem = { field: from, code: "invalid", message, remedy };
  return new InvalidSettingsError([problem]);
}

/**
 * As curl and most others read it: names separated by commas or blanks, each with all of its subdomains, maybe with a port;
 * `*` exempts everything. Ranges of addresses (CIDR) aren't understood.
 */
function exemptBy(list: string): (host: string, port: string) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "");
  return (host, port) => {
    const name = withoutDot(host.toLowerCase());
    return entries.some((entry) => {
      if (entry === "*") return true;
      const { domain, onlyPort } = domainAndPort(entry);
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const base = withoutDot(domain.replace(/^\*?\./, ""));
      return name === base || name.endsWith(`.${base}`);
    });
  };
}

/** Of `example.com:8443`, `[2001:db8::1]:8443` or the same without a port. An IPv6 address needs no brackets. */
function domainAndPort(entry: string): { readonly domain: string; readonly onlyPort: string | undefined } {
  const [, address, afterAddress] = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry) ?? [];
  if (address !== undefined) return { domain: address, onlyPort: afterAddress };
  const [domain = "", onlyPort, ...more] = entry.split(":");
  return more.length > 0 ? { domain: entry, onlyPort: undefined } : { domain, onlyPort };
}

function withoutDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}
