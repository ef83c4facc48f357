import type { IncomingMessage } from "node:http";
import { readJson } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { type HttpResponse, NO_CONTENT, ok, problemResponse, responseOf } from "../http/response.js";
import { splitTarget } from "../http/target.js";
import type { Fault } from "./fault.js";
import type { Faults } from "./faults.js";

/** For programs in another process. It's outside /v2, since sipgate's API has nothing like it. */
const PATH = "/faults";

export function controlsFaults({ url }: IncomingMessage): boolean {
  return splitTarget(url ?? "/").path === PATH;
}

/** `POST` adds a fault, `GET` lists all with their hits, `DELETE` forgets them. Never rejects. */
export async function controlFaults(faults: Faults, request: IncomingMessage): Promise<HttpResponse> {
  try {
    switch (request.method) {
      case "POST":
        return responseOf({ status: 201, body: shown(faults.add((await readJson(request)) as Fault)) });
      case "GET":
        return responseOf(ok({ items: faults.all.map(shown) }));
      case "DELETE":
        faults.clear();
        return responseOf(NO_CONTENT);
      default:
        throw new Problem(405, "Allowed here: GET, POST, DELETE.", {
          headers: { allow: "GET, POST, DELETE" },
        });
    }
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error);
    return problemResponse(
      new Problem(400, error instanceof TypeError ? error.message : "The fault is invalid."),
    );
  }
}

function shown({ fault, hits }: { fault: Fault; hits: number }): object {
  return { fault, hits };
}
