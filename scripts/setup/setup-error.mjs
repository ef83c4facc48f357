/** Something that the user can mend. Its message is shown without a stack trace. */
export class SetupError extends Error {}
