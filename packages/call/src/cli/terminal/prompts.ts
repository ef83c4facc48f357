// What is used of @clack/prompts. The build makes one file of it, which is read only on a terminal, by what asks there.
export { cancel, confirm, log, password, select, text } from "@clack/prompts";
