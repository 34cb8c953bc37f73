import { limitsSchema } from "../../src/model/limits.ts";
import type { Limits } from "../../src/model/limits.ts";
import type { Arg, Call, CallOutcome, MatrixValue, Value } from "../../src/model/observation.ts";
import type { Sandbox, Session } from "../../src/model/session.ts";
import type { FunctionName, Submission } from "../../src/model/submission.ts";

/** The built worker: `npm run build` first. */
export const workerUrl = new URL("../../dist/worker.js", import.meta.url);

/** Ample limits: what is to return has to return on a slow machine too. */
export const limits: Limits = limitsSchema.parse({ callMs: 4000, graceMs: 2000, totalMs: 60_000 });

/** Short limits, so that a test of a hang takes half a second. */
export const hasty: Limits = { ...limits, callMs: 300, graceMs: 200 };

export const ENTRY = "src/dropout.ts";

export function submissionOf(files: Record<string, string>): Submission {
  const listed = Object.entries(files).map(([path, text]) => ({
    path,
    text,
    sha256: "0".repeat(64),
  }));
  return { path: "a-student", entry: ENTRY, files: listed };
}

/** The three functions, of which a test writes the body of those that it needs. */
export interface Bodies {
  forward?: string;
  backward?: string;
  predict?: string;
  top?: string;
}

export function program({ forward, backward, predict, top }: Bodies): Submission {
  const text = `import { Matrix } from "ml-matrix";
${top ?? ""}
export function forward_propagation_with_dropout(X: any, parameters: any, keep_prob: number, rng: any = Math.random): any { ${forward ?? "return 1"} }
export function backward_propagation_with_dropout(X: any, Y: any, cache: any, keep_prob: number): any { ${backward ?? "return 2"} }
export function predict(X: any, parameters: any): any { ${predict ?? "return 3"} }
`;
  return submissionOf({ [ENTRY]: text });
}

export function matrix(
  rows: number[][],
  container: MatrixValue["container"] = "Matrix",
): MatrixValue {
  const data = Float64Array.from(rows.flat());
  const block = { rows: rows.length, cols: rows[0]?.length ?? 0, data };
  return { kind: "matrix", block, container, element: "number" };
}

export const scalar = (value: number): Arg => ({ kind: "scalar", value });
export const rng = (...draws: number[]): Arg => ({ kind: "rng", draws: Float64Array.from(draws) });

const FN: Record<"forward" | "backward" | "predict", FunctionName> = {
  forward: "forward_propagation_with_dropout",
  backward: "backward_propagation_with_dropout",
  predict: "predict",
};

/** A call with small arguments, or with those given. */
export function call(name: keyof typeof FN, id: string, args?: Arg[], keep?: boolean): Call {
  const X = matrix([
    [1, 2],
    [3, 4],
  ]);
  const usual: Record<keyof typeof FN, Arg[]> = {
    forward: [X, { kind: "record", entries: { W1: X } }, scalar(0.8), rng(0.1, 0.9)],
    backward: [X, X, { kind: "record", entries: { A1: X } }, scalar(0.8)],
    predict: [X, { kind: "record", entries: { W1: X } }],
  };
  return { id, fn: FN[name], args: args ?? usual[name], ...(keep === true ? { keep } : {}) };
}

type Use<T> = (session: Session) => Promise<T>;

async function useSession<T>(opening: Promise<Session>, use: Use<T>): Promise<T> {
  const session = await opening;
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

export function withSession<T>(sandbox: Sandbox, submission: Submission, use: Use<T>): Promise<T> {
  return useSession(sandbox.open(submission, limits), use);
}

/** For programs that hang. */
export function withHasty<T>(sandbox: Sandbox, submission: Submission, use: Use<T>): Promise<T> {
  return useSession(sandbox.open(submission, hasty), use);
}

/** The outcome of one call of `predict` with this body. */
export async function outcomeOf(
  sandbox: Sandbox,
  body: string,
  top?: string,
): Promise<CallOutcome> {
  const submission = program({ predict: body, ...(top === undefined ? {} : { top }) });
  return withSession(sandbox, submission, async (session) => {
    const [outcome] = await session.run([call("predict", "p")]);
    if (outcome === undefined) throw new Error(JSON.stringify(session.program.problems));
    return outcome;
  });
}

/** What one call of `predict` with this body returned. */
export async function valueOf(sandbox: Sandbox, body: string, top?: string): Promise<Value> {
  const outcome = await outcomeOf(sandbox, body, top);
  if (outcome.kind !== "returned") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** A value without typed arrays, for comparing. */
export function plain(value: Value): unknown {
  if (value.kind === "other") return value.what;
  if (value.kind === "record") {
    return Object.fromEntries(
      Object.entries(value.entries).map(([key, entry]) => [key, plain(entry)]),
    );
  }
  const { block, container, element, typed } = value;
  const shape = `${container} ${block.rows}x${block.cols}${typed === undefined ? "" : ` ${typed}`}`;
  return { shape, element, data: [...block.data] };
}
