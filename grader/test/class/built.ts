import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Built {
  folder: string;
  /** Runs `grade …words`. `meanwhile` gets the process as soon as it is there. */
  grade(
    words: readonly string[],
    options?: { env?: NodeJS.ProcessEnv; meanwhile?: (child: ChildProcess) => void },
  ): Promise<Ended>;
  remove(): Promise<void>;
}

/**
 * A copy of the build. A class's results are kept for exactly one build, and another may be made
 * while the tests run.
 */
export async function copyBuild(): Promise<Built> {
  const folder = await mkdtemp(path.join(tmpdir(), "grade-class-"));
  for (const part of ["dist", "bin", "package.json"]) {
    await cp(path.join(ROOT, "grader", part), path.join(folder, "grader", part), {
      recursive: true,
    });
  }
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  const cli = path.join(folder, "grader/bin/grade.js");
  return {
    folder,
    grade: async (words, { env = {}, meanwhile } = {}) => {
      const { GRADE_SECRET: _, ...clean } = process.env;
      const child = spawn(process.execPath, [cli, ...words], {
        cwd: folder,
        env: { ...clean, NO_COLOR: "1", ...env },
      });
      const ended: Ended = { code: null, signal: null, stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => (ended.stdout += String(chunk)));
      child.stderr.on("data", (chunk) => (ended.stderr += String(chunk)));
      meanwhile?.(child);
      return await new Promise((resolve) => {
        child.on("close", (code, signal) => resolve({ ...ended, code, signal }));
      });
    },
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}
