import { limitsSchema } from "../model/limits.ts";
import type { CallOutcome } from "../model/observation.ts";
import type { Sandbox } from "../model/session.ts";
import type { Submission } from "../model/submission.ts";
import { openSandbox } from "./open-sandbox.ts";

/** One thing that grading on this machine relies on. */
export interface ProbeResult {
  name: string;
  ok: boolean;
  detail: string;
}

interface Probe {
  name: string;
  /** The body of a hostile `predict`. */
  body: string;
  expected: CallOutcome["kind"];
}

const PROBES: readonly Probe[] = [
  { name: "WebAssembly runs", body: "return [[1]];", expected: "returned" },
  { name: "a loop is interrupted", body: "for (;;);", expected: "timed-out" },
  {
    // The engine never asks whether it should stop in here, so only ending the worker helps.
    name: "a worker in a native loop is ended",
    body: "return [Array.prototype.indexOf.call({ length: 2 ** 32 - 1 }, 9)];",
    expected: "timed-out",
  },
  {
    name: "memory stays within its limit",
    body: "const kept = []; for (;;) kept.push(new Float64Array(1e5));",
    expected: "out-of-memory",
  },
  {
    name: "deep recursion ends in a clean error",
    body: "const f = () => f() + 1; return f();",
    expected: "stack-overflow",
  },
  {
    name: "deep recursion in native code ends in a clean error",
    body: "const f = () => [1, 2].sort(f); return f();",
    expected: "stack-overflow",
  },
];

/**
 * Tries on this machine what the sandbox promises. Takes two to five seconds.
 *
 * @param workerUrl the built `worker.js`
 */
export async function probeMachine({ workerUrl }: { workerUrl: URL }): Promise<ProbeResult[]> {
  const sandbox = openSandbox({ workerUrl });
  const results: ProbeResult[] = [];
  try {
    for (const probe of PROBES) results.push(await tryProbe(sandbox, probe));
  } finally {
    await sandbox.close();
  }
  return results;
}

async function tryProbe(sandbox: Sandbox, { name, body, expected }: Probe): Promise<ProbeResult> {
  try {
    const session = await sandbox.open(hostile(body), limitsSchema.parse({}));
    const outcomes = await session.run([
      { id: "probe", fn: "predict", args: [] },
      { id: "after", fn: "forward_propagation_with_dropout", args: [] },
    ]);
    await session.close();
    const [probed, after] = outcomes.map((outcome) => outcome.kind);
    const ok = probed === expected && after === "returned";
    return { name, ok, detail: `${probed}, and ${after} afterwards (expected ${expected})` };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function hostile(body: string): Submission {
  const text = `export function predict() { ${body} }
export function forward_propagation_with_dropout() { return [[1]]; }
export function backward_propagation_with_dropout() { return [[1]]; }
`;
  return { path: "probe", entry: "probe.js", files: [{ path: "probe.js", text, sha256: "" }] };
}
