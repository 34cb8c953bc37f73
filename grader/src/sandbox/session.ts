import { randomUUID } from "node:crypto";
import type { Limits } from "../model/limits.ts";
import type { Call, CallOutcome, Trace } from "../model/observation.ts";
import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Session } from "../model/session.ts";
import type { Submission } from "../model/submission.ts";
import { makeCalls } from "./make-calls.ts";
import { openIn } from "./open-in.ts";
import { print } from "./opened.ts";
import type { Opened } from "./opened.ts";
import type { Supervisor } from "./supervisor.ts";

/** One thing at a time: a worker runs one program, whoever asks. */
export type Exclusive = <T>(task: () => Promise<T>) => Promise<T>;

const NO_FACTS: Facts = { functions: {}, uses: [], misleadingCharacters: [] };

export interface SessionPlan {
  submission: Submission;
  limits: Limits;
  supervisor: Supervisor;
  exclusive: Exclusive;
}

/** @throws {SandboxFault} where the grader itself is at fault */
export async function openSession(plan: SessionPlan): Promise<Session> {
  const { exclusive, ...rest } = plan;
  const program: Program = { problems: [], facts: NO_FACTS, callable: [], otherExports: [] };
  const opened: Opened = {
    ...rest,
    run: randomUUID(),
    program,
    lanes: new Map(),
    prepared: new Map(),
    history: new Map(),
    exhausted: new Map(),
    fullOnce: new Set(),
    retried: new Set(),
    oneByOne: false,
    spentMs: 0,
    console: "",
  };
  await exclusive(() => openFirst(opened));
  return {
    program,
    run: (calls) => exclusive(async () => (await makeCalls(opened, "plain", calls)).map(outcomeOf)),
    alone: (call) => exclusive(() => callAlone(opened, call)),
    trace: (calls) =>
      exclusive(async () => (await makeCalls(opened, "traced", calls)).map(traceOf)),
    console: () => opened.console,
    close: () => exclusive(async () => close(opened)),
  };
}

/** Whatever made a call in that lane before, this is another instance. */
async function callAlone(opened: Opened, call: Call): Promise<CallOutcome> {
  opened.lanes.delete("alone");
  const [made] = await makeCalls(opened, "alone", [call]);
  if (made === undefined) throw new Error("a call has no outcome");
  return made.outcome;
}

type Made = Awaited<ReturnType<typeof makeCalls>>[number];

function outcomeOf({ outcome }: Made): CallOutcome {
  return outcome;
}

function traceOf({ outcome, trace }: Made): Trace {
  const changed = trace?.changedAt === undefined ? {} : { changedAt: trace.changedAt };
  return { outcome, sites: trace?.sites ?? [], cut: trace?.cut ?? false, ...changed };
}

async function openFirst(opened: Opened): Promise<void> {
  const { program } = opened;
  const found = await openIn(opened, "plain");
  program.facts = found.facts ?? NO_FACTS;
  program.callable = found.callable;
  program.otherExports = found.otherExports;
  program.problems = mergeProblems(found);
  print(opened, found.console);
}

/**
 * What ran decides whether a function is there; where both the source and the run say that it is
 * not, the source knows the line.
 */
function mergeProblems(found: Awaited<ReturnType<typeof openIn>>): SourceProblem[] {
  const { callable } = found;
  const ofSource = found.sourceProblems.filter(
    ({ fn }) => fn === undefined || !callable.includes(fn),
  );
  const ofRun = found.problems.filter(
    ({ fn }) => fn === undefined || !ofSource.some((known) => known.fn === fn),
  );
  return [...ofSource, ...ofRun];
}

async function close({ run, supervisor, lanes }: Opened): Promise<void> {
  lanes.clear();
  supervisor.tell({ kind: "close", run });
}
