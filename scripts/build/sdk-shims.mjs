// Takes the place of the protocol SDK's own choice for Node, which would bring along Ajv: 300 kB that compile code.
export { default as process } from "node:process";
export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from "@modelcontextprotocol/server/validators/cf-worker";
