/** [official] */
export const REALMS = ["sipgate-apps", "third-party"] as const;

export type Realm = (typeof REALMS)[number];

export function isRealm(name: string): name is Realm {
  return REALMS.some((realm) => realm === name);
}

/** A realm of one sandbox. */
export interface RealmAddress {
  readonly realm: Realm;
  /** As `https://login.sipgate.com/auth/realms/sipgate-apps`; names the realm in its tokens. */
  readonly issuer: string;
}

/** @param loginUrl as `https://login.sipgate.com` */
export function addressOf(realm: Realm, loginUrl: string): RealmAddress {
  return { realm, issuer: `${loginUrl}/auth/realms/${realm}` };
}
