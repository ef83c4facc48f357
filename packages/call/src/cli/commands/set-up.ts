// The commands that set the program up, and the one that tells of a sign-in. What they need takes long to load:
// node:crypto, other programs, questions.
import type { Command } from "../command.js";
import type { SET_UP } from "./command-names.js";
import { completion } from "./completion.js";
import { config } from "./config.js";
import { doctor } from "./doctor.js";
import { init } from "./init.js";
import { login } from "./login.js";
import { logout } from "./logout.js";
import { profiles } from "./profiles.js";
import { whoami } from "./whoami.js";

export const setUp: Readonly<Record<(typeof SET_UP)[number], Command>> = {
  whoami,
  init,
  login,
  logout,
  profiles,
  config,
  completion,
  doctor,
};
