import { existsSync } from "node:fs";
import { join } from "node:path";
import { TOOLS } from "./tools.ts";

/** Node 24, which the action declares: the machine's own, or that of the tools; nothing for neither. */
export function node24(): string | undefined {
  const [major] = process.versions.node.split(".");
  if (major === "24") return process.execPath;
  const system = process.platform === "win32" ? "win" : process.platform;
  const binary = join("bin", system === "win" ? "node.exe" : "node");
  const node = join(TOOLS, "node_modules", `node-${system}-${process.arch}`, binary);
  return existsSync(node) ? node : undefined;
}
