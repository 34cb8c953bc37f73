import { limitsSchema } from "../model/limits.ts";
import type { Limits } from "../model/limits.ts";
import type { ProbeResult } from "../model/machine.ts";
import type { Call, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import type { FunctionName, Submission } from "../model/submission.ts";
import { openSession } from "./session.ts";
import type { Exclusive } from "./session.ts";
import { supervise } from "./supervisor.ts";
import type { Supervisor } from "./supervisor.ts";

interface Probe {
  name: string;
  fn: FunctionName;
  /** What the function does when it is called with the probe's position in the list. */
  body: string;
  expected: CallOutcome["kind"];
}

const FORWARD = "forward_propagation_with_dropout";
const BACKWARD = "backward_propagation_with_dropout";

/** What hangs comes last, each in a function of its own: a function that hung is not called again. */
const PROBES: readonly Probe[] = [
  { name: "WebAssembly runs", fn: "predict", body: "return [[1]];", expected: "returned" },
  {
    name: "deep recursion ends in a clean error",
    fn: "predict",
    body: "const f = () => f() + 1; return f();",
    expected: "stack-overflow",
  },
  {
    name: "deep recursion in native code ends in a clean error",
    fn: "predict",
    body: "const f = () => [1, 2].sort(f); return f();",
    expected: "stack-overflow",
  },
  {
    name: "memory stays within its limit",
    fn: "predict",
    body: "const kept = []; for (;;) kept.push(new Float64Array(1e5));",
    expected: "out-of-memory",
  },
  { name: "a loop is interrupted", fn: FORWARD, body: "for (;;);", expected: "timed-out" },
  {
    // The engine never asks whether it should stop in here, so only ending the worker helps.
    name: "a worker in a native loop is ended",
    fn: BACKWARD,
    body: "return [Array.prototype.indexOf.call({ length: 2 ** 32 - 1 }, 9)];",
    expected: "timed-out",
  },
];

/** What ends by itself gets all the time that a busy machine may need; what hangs gets little. */
const AMPLE = limitsSchema.parse({ callMs: 10_000, graceMs: 5000, totalMs: 60_000 });
const BRIEF = limitsSchema.parse({ callMs: 250, graceMs: 250, totalMs: 60_000 });

/**
 * Tries on this machine what the sandbox promises. Takes about two seconds.
 *
 * @param workerUrl the built `worker.js`
 */
export async function probeMachine({ workerUrl }: { workerUrl: URL }): Promise<ProbeResult[]> {
  const supervisor = supervise(workerUrl);
  const results: ProbeResult[] = [];
  try {
    for (const limits of [AMPLE, BRIEF]) results.push(...(await tryAll(supervisor, limits)));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    results.push({ name: "the sandbox starts", ok: false, detail });
  } finally {
    await supervisor.close();
  }
  return results;
}

/** Tries what these limits are for, in a program that holds all the probes. */
async function tryAll(supervisor: Supervisor, limits: Limits): Promise<ProbeResult[]> {
  const exclusive: Exclusive = (task) => task();
  const session = await openSession({ submission: hostile(), limits, supervisor, exclusive });
  const results: ProbeResult[] = [];
  for (const [i, probe] of PROBES.entries()) {
    if (limitsOf(probe) === limits) results.push(await tryProbe(session, probe, i));
  }
  await session.close();
  return results;
}

function limitsOf({ expected }: Probe): Limits {
  return expected === "timed-out" ? BRIEF : AMPLE;
}

async function tryProbe(session: Session, probe: Probe, i: number): Promise<ProbeResult> {
  const { name, fn, expected } = probe;
  const call = (id: string, of: FunctionName, value: number): Call => ({
    id,
    fn: of,
    args: [{ kind: "scalar", value }],
  });
  const [probed, after] = await session.run([
    call(`probe-${i}`, fn, i),
    call(`after-${i}`, "predict", 0),
  ]);
  const ok = probed?.kind === expected && after?.kind === "returned";
  const detail = `${probed?.kind}, and ${after?.kind} afterwards (expected ${expected})`;
  return { name, ok, detail };
}

function hostile(): Submission {
  const bodyOf = (of: FunctionName): string =>
    PROBES.map(({ fn, body }, i) => (fn === of ? `if (i === ${i}) { ${body} }` : "")).join("\n");
  const functions = ([FORWARD, BACKWARD, "predict"] as const).map(
    (fn) => `export function ${fn}(i) {\n${bodyOf(fn)}\n}\n`,
  );
  const file = { path: "probe.js", text: functions.join(""), sha256: "" };
  return { path: "probe", entry: "probe.js", files: [file] };
}
