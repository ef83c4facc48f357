// Extensions and numbers of the pairs of browsers.

export const pairs = Array.from({ length: 10 }, (_, index) => ({
  caller: `e${20 + index}`,
  callee: `e${30 + index}`,
  number: `+4930231251${String(index).padStart(2, "0")}`,
}));

/** The sandbox makes a device for each; a caller's number isn't called by anybody. */
export const callees = Object.fromEntries([
  ["+493023125010", "e7"],
  ...pairs.map(({ callee, number }) => [number, callee]),
  ...pairs.map(({ caller }, index) => [`+4930231252${String(index).padStart(2, "0")}`, caller]),
]);
