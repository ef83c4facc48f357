/** The realms of sipgate's login [official]. */
export const REALMS = ["sipgate-apps", "third-party"] as const;

export type Realm = (typeof REALMS)[number];

export function isRealm(name: string): name is Realm {
  return REALMS.some((realm) => realm === name);
}

/** A realm at the address of one sandbox. */
export interface RealmAddress {
  readonly realm: Realm;
  /** Corresponds to `https://login.sipgate.com/auth/realms/sipgate-apps`. It's the issuer of the realm's tokens. */
  readonly issuer: string;
}

/** @param loginUrl corresponds to `https://login.sipgate.com` */
export function addressOf(realm: Realm, loginUrl: string): RealmAddress {
  return { realm, issuer: `${loginUrl}/auth/realms/${realm}` };
}
