// What isn't known of sipgate's login. Its addresses for signing in and for tokens are documented. They are
// those of the server software Keycloak, so the rest of Keycloak's behaviour is assumed. It isn't known
// whether a client's redirect address may have any port (hence SIPGATE_REDIRECT_PORT). Nor is it known
// whether a client may authenticate by HTTP Basic: the id and the secret go into the form, as in sipgate's
// own examples. In Keycloak, a browser that is still signed in continues its session, and revoking a refresh
// token ends the session, no matter which sign-in began it. So an older sign-in is ended only if its tokens name
// another session (`sid`) than the new one's.

/** Below the realm: ends a sign-in (RFC 7009). Whether sipgate has it isn't known. */
export const REVOCATION_PATH = "/protocol/openid-connect/revoke";

/** Seconds that an access token lasts if the response doesn't say. sipgate's documentation: about 300. */
export const USUAL_LIFETIME = 300;
