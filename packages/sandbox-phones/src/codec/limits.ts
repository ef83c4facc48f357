/** The longest start line and headers of a message, in bytes. */
export const LONGEST_HEAD = 16 * 1024;
/** The longest body, in bytes: a browser's offer takes 8 kB. */
export const LONGEST_BODY = 64 * 1024;
/** How many lines of headers a message may have. */
export const MOST_HEADERS = 200;
