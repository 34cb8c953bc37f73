import { RUBRIC } from "../../grader/src/assignment/rubric.ts";
import { limitsSchema } from "../../grader/src/model/limits.ts";
import type { GraderOptions } from "../../grader/src/model/grader.ts";
import type { CheckId } from "../../grader/src/model/rubric.ts";
import type { Sandbox, Session } from "../../grader/src/model/session.ts";
import { openGraderOn } from "../../grader/src/grade.ts";
import { openSandbox } from "../../grader/src/sandbox/open-sandbox.ts";
import { RIGHT, WRONG } from "./paths.ts";
import { median } from "./run.ts";
import type { Row } from "./table.ts";

const STAGES = ["read, compile, import", "calls", "traced calls"] as const;
type Stage = (typeof STAGES)[number];
type Taken = Map<Stage, number>;

const WARM_UPS = 10;

/** Where the time goes in a grader that is warm, and what is left: the judge and the report. */
export async function stages(repetitions: number): Promise<Row[]> {
  const workerUrl = new URL("../../grader/dist/worker.js", import.meta.url);
  const taken: Taken = new Map();
  const began = performance.now();
  const sandbox = openSandbox({ workerUrl });
  const grader = openGraderOn(clocked(sandbox, taken), options());
  try {
    await grader.grade(RIGHT, "first");
    const rows: Row[] = [{ what: "first verdict of a worker", ms: performance.now() - began }];
    for (let i = 0; i < WARM_UPS; i += 1) await grader.grade(i % 2 === 0 ? RIGHT : WRONG, `${i}`);
    for (const folder of [RIGHT, WRONG]) {
      const found: { whole: number; parts: Taken }[] = [];
      for (let i = 0; i < repetitions * 3; i += 1) {
        taken.clear();
        const start = performance.now();
        await grader.grade(folder, `stage ${i}`);
        found.push({ whole: performance.now() - start, parts: new Map(taken) });
      }
      rows.push(...rowsOf(folder === RIGHT ? "right" : "wrong", found));
    }
    return rows;
  } finally {
    await grader.close();
  }
}

function rowsOf(which: string, found: readonly { whole: number; parts: Taken }[]): Row[] {
  const whole = median(found.map((one) => one.whole));
  const of = (stage: Stage): number => median(found.map(({ parts }) => parts.get(stage) ?? 0));
  const known = STAGES.map((stage) => ({ what: `    ${stage}`, ms: of(stage) }));
  const sumOf = (parts: Taken): number => [...parts.values()].reduce((sum, ms) => sum + ms, 0);
  const rest = median(found.map((one) => one.whole - sumOf(one.parts)));
  return [
    { what: `one ${which} submission, warm`, ms: whole },
    ...known,
    { what: "    the judge, the rest", ms: rest },
  ];
}

function clocked(sandbox: Sandbox, taken: Taken): Sandbox {
  return {
    open: async (submission, limits) => {
      const session = await clock("read, compile, import", taken, () =>
        sandbox.open(submission, limits),
      );
      return clockedSession(session, taken);
    },
    close: () => sandbox.close(),
  };
}

function clockedSession(session: Session, taken: Taken): Session {
  return {
    ...session,
    run: (calls) => clock("calls", taken, () => session.run(calls)),
    alone: (call) => clock("calls", taken, () => session.alone(call)),
    trace: (calls) => clock("traced calls", taken, () => session.trace(calls)),
  };
}

async function clock<T>(stage: Stage, taken: Taken, act: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await act();
  taken.set(stage, (taken.get(stage) ?? 0) + performance.now() - began);
  return result;
}

function options(): GraderOptions {
  const points = Object.fromEntries(RUBRIC.map(({ id, points: worth }) => [id, worth]));
  // RUBRIC has a row for every check, as its test says.
  return { limits: limitsSchema.parse({}), points: points as Record<CheckId, number> };
}
