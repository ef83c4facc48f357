import type { Platform, RequestOptions } from "../call/telephony.js";
import { type Credentials, platformOfToken } from "./credentials.js";
import { saysNeo } from "./forbidden.js";
import type { Rest } from "./rest.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(): Promise<Platform | undefined>;
  /** What is known, else what sipgate's answers tell. */
  find(options?: RequestOptions): Promise<Platform | undefined>;
  remember(platform: Platform): void;
}

export function createPlatformFinder(
  rest: Rest,
  credentials: Credentials,
  configured?: Platform,
): PlatformFinder {
  let remembered: Platform | undefined;
  let asking: Promise<Platform | undefined> | undefined;
  const known = async () => configured ?? remembered ?? (await platformOfToken(credentials));
  return {
    known,
    async find(options) {
      const platform = await known();
      if (platform !== undefined) return platform;
      // Whoever asks while the first still waits shares its answer.
      asking ??= probe(rest, options).finally(() => {
        asking = undefined;
      });
      remembered = await asking;
      return remembered;
    },
    remember(platform) {
      remembered = platform;
    },
  };
}

/**
 * Asks what only one of the platforms answers. Source (reported): `/groups` answers 200 on classic and a telling 403
 * on neo, `/channels` answers on neo only. A scope may be missing for either: then the other has to tell.
 *
 * @throws CallError where the credentials are refused or no answer came
 */
async function probe(rest: Rest, options?: RequestOptions): Promise<Platform | undefined> {
  const purpose = "say which platform the account is on";
  const [groups, channels] = await Promise.all([
    rest.send({ method: "GET", path: "/groups", purpose, scope: "groups:read" }, options),
    rest.send({ method: "GET", path: "/channels", purpose, scope: "channels:read" }, options),
  ]);
  if (groups.status === 200) return "classic";
  if (saysNeo(groups.status, groups.body) || channels.status === 200) return "neo";
  return undefined;
}
