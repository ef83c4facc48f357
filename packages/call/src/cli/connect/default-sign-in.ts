import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";

/** Whether there is a sign-in with the default name. */
export function isDefaultSignedIn(): boolean {
  return profileExists(DEFAULT_PROFILE);
}
