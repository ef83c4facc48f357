/** The events of an outgoing call [official]. */
export type PushEvent = "newCall" | "answer" | "hangup";
