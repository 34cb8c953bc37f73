import { randomUUID } from "node:crypto";
import type { Limits } from "../model/limits.ts";
import type { Call, CallOutcome, Trace } from "../model/observation.ts";
import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Session } from "../model/session.ts";
import type { FunctionName, Submission } from "../model/submission.ts";
import { makeCalls } from "./make-calls.ts";
import { openIn } from "./open-in.ts";
import type { Lane } from "./messages.ts";
import type { Supervisor } from "./supervisor.ts";

/** What the supervisor's side knows of one opened submission. */
export interface Opened {
  run: string;
  submission: Submission;
  limits: Limits;
  supervisor: Supervisor;
  program: Program;
  /** Of each lane: the worker that holds its instance and what that instance keeps. */
  lanes: Map<Lane, { generation: number; kept: Set<string> }>;
  /** Calls whose results later calls may be given, by id. */
  history: Map<string, Call>;
  exhausted: Set<FunctionName>;
  spentMs: number;
  console: string;
}

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
    history: new Map(),
    exhausted: new Set(),
    spentMs: 0,
    console: "",
  };
  await exclusive(() => openFirst(opened));
  return {
    program,
    run: (calls) => exclusive(async () => (await makeCalls(opened, "plain", calls)).map(outcomeOf)),
    trace: (calls) => exclusive(async () => (await makeCalls(opened, "traced", calls)).map(traceOf)),
    console: () => opened.console,
    close: () => exclusive(async () => close(opened)),
  };
}

type Made = Awaited<ReturnType<typeof makeCalls>>[number];

function outcomeOf({ outcome }: Made): CallOutcome {
  return outcome;
}

function traceOf({ outcome, trace }: Made): Trace {
  return { outcome, sites: trace?.sites ?? [], cut: trace?.cut ?? false };
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
  const ofSource = found.sourceProblems.filter(({ fn }) => fn === undefined || !callable.includes(fn));
  const ofRun = found.problems.filter(
    ({ fn }) => fn === undefined || !ofSource.some((known) => known.fn === fn),
  );
  return [...ofSource, ...ofRun];
}

/** Adds to what the program printed, up to the limit and the words that say it was cut. */
export function print(opened: Opened, text: string): void {
  const room = opened.limits.consoleChars + "… cut\n".length - opened.console.length;
  opened.console += text.slice(0, Math.max(0, room));
}

async function close({ run, supervisor, lanes }: Opened): Promise<void> {
  lanes.clear();
  supervisor.tell({ kind: "close", run });
}
