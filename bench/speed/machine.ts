import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { ROOT } from "./paths.ts";

/** What the figures are from, for the head of a table. */
export function machine(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT }).toString();
  const changed = execFileSync("git", ["status", "--porcelain"], { cwd: ROOT }).length > 0;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const versions = ["vitest", "ts-morph", "quickjs-emscripten-core"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  return [
    new Date().toISOString().slice(0, 10),
    `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, load ${load} before`,
    `Node ${process.version}, ${versions.join(", ")}`,
    `commit ${commit.trim()}${changed ? " with changes" : ""}`,
  ].join("\n");
}

function versionOf(name: string): string {
  const text = readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
  const { version } = JSON.parse(text.toString()) as { version: string };
  return version;
}
