/** How much of a clone is installed and built. Each level holds those before it. */
export const LEVELS = ["main", "phones", "everything"];
