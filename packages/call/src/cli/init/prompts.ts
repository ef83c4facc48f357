// What is used of @clack/prompts. The build makes one file of it, which only init reads, and only on a terminal.
export { cancel, confirm, log, password, select, text } from "@clack/prompts";
