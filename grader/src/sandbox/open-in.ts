import type { Facts, Program, SourceProblem } from "../model/program.ts";
import { startAllowance } from "./allowance.ts";
import type { Allowance } from "./allowance.ts";
import type { Lane, Reply, Request } from "./messages.ts";
import { mayRetry } from "./opened.ts";
import type { Opened } from "./opened.ts";
import { SandboxFault, START_MS } from "./supervisor.ts";
import type { Ending } from "./supervisor.ts";

/** Reading the source: 40 ms as a rule, and a hundred times that where a source is hostile. */
const COMPILE_MS = 5000;

/** What opening found, whether or not anything can be called. */
export interface Found extends Pick<Program, "callable" | "otherExports"> {
  facts?: Facts;
  sourceProblems: SourceProblem[];
  problems: SourceProblem[];
  console: string;
}

/** Loading the compiler is the grader's own work; what comes after it is the submission's. */
type Phase = "load" | "read" | "import";

const PROBLEMS: Record<"read" | "import", Record<Exclude<Ending, "done">, SourceProblem>> = {
  read: {
    overran: { id: "source-too-complex", detail: "reading the code takes too long" },
    "out-of-memory": { id: "source-too-complex", detail: "reading the code takes too much memory" },
    died: { id: "source-too-complex", detail: "the code cannot be read" },
  },
  import: {
    overran: { id: "import-timed-out", detail: "importing the program takes too long" },
    "out-of-memory": {
      id: "import-out-of-memory",
      detail: "importing the program used up its memory",
    },
    died: { id: "import-crashed", detail: "the sandbox broke while importing the program" },
  },
};

function nextPhase(phase: Phase, { kind }: Reply): Phase {
  if (kind === "reading") return "read";
  return kind === "importing" ? "import" : phase;
}

/** Opens a submission in a fresh instance of the current worker. */
export async function openIn(opened: Opened, lane: Lane): Promise<Found> {
  const { limits, supervisor, lanes } = opened;
  await supervisor.ready();
  const found: Found = {
    callable: [],
    otherExports: [],
    sourceProblems: [],
    problems: [],
    console: "",
  };
  const clock = { phase: "load" as Phase, since: startAllowance() };
  const importMs = Math.min(limits.callMs, Math.max(0, limits.totalMs - opened.spentMs));
  const patience = { load: START_MS, read: COMPILE_MS, import: importMs + limits.graceMs };
  const ending = await supervisor.exchange({
    request: openRequest(opened, lane),
    take: (reply) => {
      tick(opened, clock, nextPhase(clock.phase, reply));
      return takeReply({ opened, lane, found }, reply);
    },
    patience: () => patience[clock.phase],
  });
  tick(opened, clock, clock.phase);
  if (ending === "done") {
    lanes.set(lane, { generation: supervisor.generation(), kept: new Set() });
    return found;
  }
  if (clock.phase === "load") throw new SandboxFault("the compiler could not be loaded");
  if (isWorthRetrying(clock.phase, ending) && mayRetry(opened, lane, "import")) {
    return openIn(opened, lane);
  }
  return { ...found, problems: [PROBLEMS[clock.phase][ending]] };
}

/** Reading that takes a hundred times as long as usual would take as long again. */
function isWorthRetrying(phase: Phase, ending: Ending): boolean {
  return phase === "import" || ending !== "overran";
}

/** Charges the submission for the time of the phase that it was in. */
function tick(opened: Opened, clock: { phase: Phase; since: Allowance }, next: Phase): void {
  if (clock.phase !== "load") opened.spentMs += clock.since.taken();
  Object.assign(clock, { phase: next, since: startAllowance() });
}

function openRequest({ run, submission, limits, prepared }: Opened, lane: Lane): Request {
  const known = prepared.get(lane === "alone" ? "plain" : lane);
  const imports = prepared.get("plain")?.imports ?? {};
  const request = { kind: "open", run, lane, submission, limits, imports } as const;
  return known === undefined ? request : { ...request, prepared: known };
}

interface Taking {
  opened: Opened;
  lane: Lane;
  found: Found;
}

function takeReply({ opened, lane, found }: Taking, reply: Reply): boolean {
  if (reply.kind === "prepared") {
    opened.prepared.set(lane, reply.prepared);
    Object.assign(found, { facts: reply.facts, sourceProblems: reply.problems.map(shortened) });
  }
  if (reply.kind !== "opened") return false;
  const { callable, otherExports, console } = reply;
  Object.assign(found, {
    problems: reply.problems.map(shortened),
    callable,
    otherExports,
    console,
  });
  return true;
}

/** A sentence and a name. Both quote the source, which may hold a name of 60,000 characters. */
const MAX_WORDS = 500;

function shortened(problem: SourceProblem): SourceProblem {
  const { detail, suggestion } = problem;
  return {
    ...problem,
    detail: cut(detail),
    ...(suggestion === undefined ? {} : { suggestion: cut(suggestion) }),
  };
}

function cut(text: string): string {
  return text.length <= MAX_WORDS ? text : `${text.slice(0, MAX_WORDS)}…`;
}
