// The programs that use tools, and where each keeps its settings.
import { join } from "node:path";
import { homeFolder } from "../files/folders.js";

/** How the file names servers: as the protocol's own documentation does, as VS Code does, or in TOML. */
export type Format = "mcpServers" | "servers" | "toml";

export interface Program {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly format: Format;
}

/**
 * Sources, read in November 2026. None of the programs was run with its entry.
 *
 * - Claude Desktop: the protocol's guide for users (macOS, Windows). For Linux its maker has no app; the path is that of
 *   claude-desktop-debian's documentation
 * - Claude Code: its documentation of scopes (code.claude.com/docs/en/mcp), and anthropics/claude-code issues 4193 and, for
 *   `CLAUDE_CONFIG_DIR`, 48448
 * - Cursor, Windsurf, Codex, Gemini CLI (geminicli.com/docs/cli/configuration): their own documentation
 * - Visual Studio Code: its documentation says mcp.json in the user profile; that is the folder of its settings.json
 */
export function programs(): readonly Program[] {
  const home = homeFolder();
  const settings = settingsFolder(home);
  const { CLAUDE_CONFIG_DIR, CODEX_HOME } = process.env;
  return [
    {
      name: "claude-desktop",
      title: "Claude Desktop",
      file: join(settings, "Claude", "claude_desktop_config.json"),
      format: "mcpServers",
    },
    {
      name: "claude-code",
      title: "Claude Code",
      file: join(CLAUDE_CONFIG_DIR || home, ".claude.json"),
      format: "mcpServers",
    },
    { name: "cursor", title: "Cursor", file: join(home, ".cursor", "mcp.json"), format: "mcpServers" },
    {
      name: "vscode",
      title: "Visual Studio Code",
      file: join(settings, "Code", "User", "mcp.json"),
      format: "servers",
    },
    {
      name: "windsurf",
      title: "Windsurf",
      file: join(home, ".codeium", "windsurf", "mcp_config.json"),
      format: "mcpServers",
    },
    {
      name: "gemini",
      title: "Gemini CLI",
      file: join(home, ".gemini", "settings.json"),
      format: "mcpServers",
    },
    {
      name: "codex",
      title: "Codex",
      file: join(CODEX_HOME || join(home, ".codex"), "config.toml"),
      format: "toml",
    },
  ];
}

/** Where programs with windows keep their settings. */
function settingsFolder(home: string): string {
  if (process.platform === "darwin") return join(home, "Library", "Application Support");
  if (process.platform === "win32") return process.env.APPDATA ?? join(home, "AppData", "Roaming");
  return process.env.XDG_CONFIG_HOME || join(home, ".config");
}
