// Programs of the protocol's earlier era: each has a session, in which it can be asked for a person's yes.
import { randomUUID } from "node:crypto";
import { type McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";

const MOST = 100;
const HEADER = "mcp-session-id";

export interface Sessions {
  handle(request: Request): Promise<Response>;
}

export function createSessions(factory: () => McpServer): Sessions {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();

  const begin = async (request: Request): Promise<Response> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
        // The one that was used least lately: a program whose session is gone begins a new one.
        const [oldest] = sessions.keys();
        if (sessions.size > MOST && oldest !== undefined) end(oldest);
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await factory().connect(transport);
    return transport.handleRequest(request);
  };

  const end = (id: string) => {
    void sessions.get(id)?.close();
    sessions.delete(id);
  };

  return {
    handle(request) {
      const id = request.headers.get(HEADER);
      if (id === null) return begin(request);
      const transport = sessions.get(id);
      if (transport === undefined)
        return Promise.resolve(new Response("No such session.\n", { status: 404 }));
      sessions.delete(id);
      sessions.set(id, transport);
      return transport.handleRequest(request);
    },
  };
}
