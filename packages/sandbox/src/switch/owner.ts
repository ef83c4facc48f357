/** Whose a call is. Users see their own calls only. */
export interface Owner {
  /** The name of the account. */
  readonly account: string;
  readonly userId: string;
}

/** A key for maps. */
export function ownerKey({ account, userId }: Owner): string {
  return `${account}/${userId}`;
}
