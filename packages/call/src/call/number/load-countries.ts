/** The numbering rules of all countries, which are large. German numbers are mostly read without them. */
export const loadCountries = () => import("./any-country.js");
