import type { Clock } from "../../call/clock.js";
import type { Platform, RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { saysNeo } from "../api/forbidden.js";
import type { HttpResponse } from "../http/http.js";
import type { RecentRead } from "./recent-read.js";

/** Milliseconds. To give a request up at once would cost its connection, and the other response is about to come. */
const LINGER_MS = 250;

/**
 * Sends requests that only one of the platforms answers. Source (reported): `/groups` answers 200 on classic
 * and a 403 that names the platform on neo; `/channels` answers on neo only. Either may lack a scope or fail: then the other
 * has to. The first that says decides, without waiting for the other.
 *
 * @throws CallError if the credentials are refused or no response came
 */
export async function probePlatform(
  clock: Clock,
  api: ApiClient,
  channelsRead: RecentRead<HttpResponse>,
  { signal }: RequestOptions,
): Promise<Platform | undefined> {
  const purpose = "say which platform the account is on";
  const enough = new AbortController();
  const options = { signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]) };
  const groups = api.send({ method: "GET", path: "/groups", purpose, scope: "groups:read" }, options);
  const channels = channelsRead.ask(options);
  const told = await firstTold([groups.then(toldByGroups), channels.then(toldByChannels)]);
  const cancel = clock.after(LINGER_MS, () => enough.abort());
  void Promise.allSettled([groups, channels]).then(cancel);
  return told;
}

function toldByGroups({ status, body }: HttpResponse): Platform | undefined {
  if (status === 200 && isObject(body)) return "classic";
  return saysNeo(status, body) ? "neo" : undefined;
}

function toldByChannels({ status, body }: HttpResponse): Platform | undefined {
  return status === 200 && isObject(body) ? "neo" : undefined;
}

function isObject(body: string): boolean {
  return /^\s*\{/.test(body);
}

/** The first that tells something; undefined if none does. @throws what the first in the list threw if all did */
async function firstTold(asked: readonly Promise<Platform | undefined>[]): Promise<Platform | undefined> {
  const telling = asked.map(async (answer) => {
    const platform = await answer;
    return platform ?? Promise.reject(new NothingTold());
  });
  try {
    return await Promise.any(telling);
  } catch {
    const outcomes = await Promise.allSettled(asked);
    const failures = outcomes.filter((outcome) => outcome.status === "rejected");
    if (failures.length === outcomes.length) throw failures[0]?.reason;
    return undefined;
  }
}

class NothingTold extends Error {}
