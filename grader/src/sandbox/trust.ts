import { createHash } from "node:crypto";
import { lstat, writeFile } from "node:fs/promises";
import { arch, hostname, platform, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProbeResult } from "../model/machine.ts";
import { probeMachine } from "./probe.ts";
import { SandboxFault } from "./supervisor.ts";

/**
 * Runs the probes once for each machine, user, Node version and build, and remembers in the
 * folder for temporary files that all went well: a look there takes less than a millisecond, the
 * probes take two seconds. Bad news is never remembered, so that it is looked into again.
 *
 * @throws {SandboxFault} where the sandbox does not hold on this machine
 */
export async function assureMachine(workerUrl: URL): Promise<void> {
  const proof = await proofOf(workerUrl);
  if (await isOurs(proof)) return;
  const failed = await failedProbes(workerUrl);
  // A machine that is busy enough can fail once; one that does not hold fails again.
  if (failed.length > 0 && (await failedProbes(workerUrl)).length > 0) {
    const what = failed.map(({ name, detail }) => `${name}: ${detail}`).join("; ");
    throw new SandboxFault(
      `this machine does not hold what running strangers' code needs, so nothing is run (${what}). See grade doctor.`,
    );
  }
  // Where it cannot be written the next run tries again.
  await writeFile(proof, "", { flag: "wx", mode: 0o600 }).catch(() => undefined);
}

async function failedProbes(workerUrl: URL): Promise<ProbeResult[]> {
  return (await probeMachine({ workerUrl })).filter(({ ok }) => !ok);
}

/** The file that is there where the probes have passed. */
async function proofOf(workerUrl: URL): Promise<string> {
  const worker = fileURLToPath(workerUrl);
  const built = await lstat(worker).then(
    ({ mtimeMs, size }) => [mtimeMs, size],
    () => [],
  );
  const { version, execPath, env } = process;
  const machine = [hostname(), platform(), release(), arch(), totalmem()];
  const about = [worker, built, machine, version, execPath, env["NODE_OPTIONS"]];
  const hash = createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 32);
  return join(tmpdir(), `dropout-grader-${process.getuid?.() ?? "user"}-${hash}`);
}

/** Anybody may write into that folder, so what counts is a plain file that nobody else can write. */
async function isOurs(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isFile() !== true) return false;
  const uid = process.getuid?.();
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o022) === 0);
}
