/** One page of a list, and how many items the whole list has. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
}

/** Goes through a list once, and keeps the page only. */
export function pageOf<T>(
  all: Iterable<T>,
  offset: number,
  limit: number,
  isWanted: (item: T) => boolean,
): Page<T> {
  const items: T[] = [];
  let totalCount = 0;
  for (const item of all) {
    if (!isWanted(item)) continue;
    if (totalCount >= offset && items.length < limit) items.push(item);
    totalCount += 1;
  }
  return { items, totalCount };
}
