import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";

/** Whether somebody is signed in under the name that is meant where none is given. */
export function isDefaultSignedIn(): boolean {
  return profileExists(DEFAULT_PROFILE);
}
