import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./runner.ts";

const VERSION = "24.21.0";

/**
 * Node 24 as the npm registry has it. Not a dependency: it would put itself before the machine's
 * own `node` in every script. It is fetched once and kept in `node_modules/.cache`.
 */
export function node24(): string {
  const [major] = process.versions.node.split(".");
  if (major === "24") return process.execPath;
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = join(REPOSITORY, "node_modules/.cache", `node-${VERSION}`);
  const node = join(home, "node_modules", name, "bin", system === "win" ? "node.exe" : "node");
  if (!existsSync(node)) fetchInto(home, `${name}@${VERSION}`);
  return node;
}

/** Whole or not at all: others may be waiting for the same folder. */
function fetchInto(home: string, spec: string): void {
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--no-workspaces"];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["install", "--prefix", draft, ...quiet, spec], { cwd: draft, stdio: "pipe" });
  try {
    renameSync(draft, home);
  } catch {
    // Somebody else was first.
    rmSync(draft, { recursive: true, force: true });
  }
}
