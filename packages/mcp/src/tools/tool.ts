import {
  CLIENT_INFO_META_KEY,
  fromJsonSchema,
  type Implementation,
  type InputRequiredResult,
  type JsonSchemaType,
  type JsonSchemaValidatorResult,
  type jsonSchemaValidator,
  type McpServer,
  type ServerContext,
  type StandardSchemaWithJSON,
  type ToolAnnotations,
} from "@modelcontextprotocol/server";
import type { z } from "zod";
import { printable } from "../text.js";
import { type Effect, failureOf, resultOf, type ToolAnswer } from "./answers.js";
import { JSON_SHAPES } from "./json-shapes.generated.js";
import type { Services } from "./services.js";

/** One use of a tool. */
export interface ToolCall {
  readonly services: Services;
  readonly server: McpServer;
  readonly context: ServerContext;
  /** What the program that uses the tool calls itself. */
  readonly program: string;
}

export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: Input;
  /** Left out: it only reads. */
  readonly effect?: Effect;
  /** JSON Schemas of what it answers, besides `sandbox` and `error`. */
  readonly output: Readonly<Record<string, unknown>>;
  run(input: z.infer<Input>, call: ToolCall): Promise<ToolAnswer | InputRequiredResult>;
}

/** @returns what gives a server the tool. All servers share its schemas. */
export function prepareTool<Input extends z.ZodObject>(
  services: Services,
  tool: Tool<Input>,
): (server: McpServer) => void {
  const { name, title, description, annotations, input, output, effect = "reads" } = tool;
  const inputSchema: StandardSchemaWithJSON = input;
  const config = { title, description, annotations, inputSchema, outputSchema: schemaOf(output) };

  const run = async (server: McpServer, given: unknown, context: ServerContext) => {
    try {
      const program = programOf(server, context);
      const answer = await tool.run(input.parse(given), { services, server, context, program });
      return isToolAnswer(answer) ? resultOf(answer, services.sandbox) : answer;
    } catch (error) {
      return resultOf(failureOf(error, effect), services.sandbox);
    }
  };

  return (server) => {
    server.registerTool(name, config, (given: unknown, context: ServerContext) => {
      const running = run(server, given, context);
      services.underWay.add(running);
      return running.finally(() => services.underWay.delete(running));
    });
  };
}

export function isToolAnswer(answer: ToolAnswer | InputRequiredResult): answer is ToolAnswer {
  return "text" in answer;
}

/** Once phones ring, the answer has to say so, whatever its form. Tests hold answers against the schemas. */
const UNCHECKED: jsonSchemaValidator = {
  getValidator<T>() {
    return (data: unknown): JsonSchemaValidatorResult<T> => ({
      valid: true,
      data: data as T,
      errorMessage: undefined,
    });
  },
};

/** A schema of the whole answer, with the shapes of --json that it refers to. */
function schemaOf(properties: Readonly<Record<string, unknown>>) {
  const whole = {
    sandbox: { type: "boolean", description: "Whether this is the sandbox, where no real phone rings." },
    error: { $ref: "#/$defs/error", description: "Why it didn't work." },
    ...properties,
  };
  const schema = { type: "object", required: ["sandbox"], properties: whole, $defs: shapesIn(whole) };
  return fromJsonSchema(schema as JsonSchemaType, UNCHECKED);
}

type ShapeName = keyof typeof JSON_SHAPES;

function shapesIn(schema: unknown): Partial<Record<ShapeName, unknown>> {
  const names = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([\w-]+)"/g)].map(([, name]) => name);
  const found = names.filter((name): name is ShapeName => name !== undefined && name in JSON_SHAPES);
  const shapes = Object.fromEntries(found.map((name) => [name, JSON_SHAPES[name]]));
  return Object.assign({}, ...found.map((name) => shapesIn(JSON_SHAPES[name])), shapes);
}

export function shape(name: ShapeName): { readonly $ref: string } {
  return { $ref: `#/$defs/${name}` };
}

function programOf(server: McpServer, context: ServerContext): string {
  const envelope: Readonly<Record<string, unknown>> | undefined = context.mcpReq.envelope;
  const client = (envelope?.[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion()) as
    | Implementation
    | undefined;
  return client === undefined ? "an unnamed program" : printable(`${client.name} ${client.version}`);
}
