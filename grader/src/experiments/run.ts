import { randomFor } from "../judge/random.ts";
import { limitsSchema } from "../model/limits.ts";
import type { Session } from "../model/session.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { readSubmission } from "../source/read.ts";
import type { Experiment, Findings, Lab } from "./experiment.ts";
import type { Network } from "./network.ts";
import { OwnFunctionFailed, ownNetwork } from "./own-network.ts";
import { referenceNetwork } from "./reference.ts";

/** Long trainings, larger inputs and what they leave behind. */
const LIMITS = limitsSchema.parse({
  callMs: 20_000,
  totalMs: 1_800_000,
  memoryBytes: 768 * 1024 * 1024,
});

/** What came of an experiment, and whose functions it was run with. */
export interface Ran {
  findings: Findings;
  who: string;
  /** Why the student's own functions were not used after all. */
  instead?: string;
}

/** Runs an experiment with the reference, or with a student's functions as far as they are written. */
export async function runExperiment(
  experiment: Experiment,
  path: string | undefined,
  progress: Lab["progress"],
): Promise<Ran> {
  const run = async (network: Network): Promise<Ran> => {
    const random = randomFor("experiment", experiment.name);
    const findings = await experiment.run({ network, random, progress });
    return { findings, who: network.who };
  };
  const reference = () => run(referenceNetwork("inverted"));
  if (path === undefined) return reference();
  try {
    return await withOwn(path, run);
  } catch (error) {
    if (!(error instanceof OwnFunctionFailed)) throw error;
    return { ...(await reference()), instead: error.message };
  }
}

async function withOwn(path: string, run: (network: Network) => Promise<Ran>): Promise<Ran> {
  const read = await readSubmission(path, LIMITS);
  if (!read.ok) throw new OwnFunctionFailed(read.problem.detail);
  const sandbox = openSandbox({ workerUrl: new URL("../worker.js", import.meta.url) });
  let session: Session | undefined;
  try {
    session = await sandbox.open(read.submission, LIMITS);
    const [problem] = session.program.problems;
    if (problem !== undefined) throw new OwnFunctionFailed(problem.detail);
    return await run(ownNetwork(session));
  } finally {
    await session?.close();
    await sandbox.close();
  }
}
