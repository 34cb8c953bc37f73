import type { Facts, Program, SourceProblem } from "../model/program.ts";
import type { Lane, Reply } from "./messages.ts";
import type { Opened } from "./session.ts";
import type { Ending } from "./supervisor.ts";

/** Reading the source: 20 ms as a rule, and a hundred times that where a source is hostile. */
const COMPILE_MS = 5000;

/** What opening found, whether or not anything can be called. */
export interface Found extends Pick<Program, "callable" | "otherExports"> {
  facts?: Facts;
  sourceProblems: SourceProblem[];
  problems: SourceProblem[];
  console: string;
}

type Phase = "compile" | "import";

const PROBLEMS: Record<Phase, Record<Exclude<Ending, "done">, SourceProblem>> = {
  compile: {
    overran: { id: "source-too-complex", detail: "reading the code takes too long" },
    "out-of-memory": { id: "source-too-complex", detail: "reading the code takes too much memory" },
    died: { id: "source-too-complex", detail: "the code cannot be read" },
  },
  import: {
    overran: { id: "import-timed-out", detail: "importing the program takes too long" },
    "out-of-memory": { id: "import-out-of-memory", detail: "importing the program used up its memory" },
    died: { id: "import-crashed", detail: "the sandbox broke while importing the program" },
  },
};

/** Opens a submission in a fresh instance of the current worker. */
export async function openIn(opened: Opened, lane: Lane): Promise<Found> {
  const { run, submission, limits, supervisor, lanes } = opened;
  await supervisor.ready();
  const found: Found = { callable: [], otherExports: [], sourceProblems: [], problems: [], console: "" };
  let phase: Phase = "compile";
  const take = (reply: Reply): boolean => {
    if (reply.kind === "compiled") {
      phase = "import";
      Object.assign(found, { facts: reply.facts, sourceProblems: reply.problems });
    }
    if (reply.kind !== "opened") return false;
    const { problems, callable, otherExports, console } = reply;
    Object.assign(found, { problems, callable, otherExports, console });
    return true;
  };
  const started = performance.now();
  const ending = await supervisor.exchange({
    request: { kind: "open", run, lane, submission, limits },
    take,
    patience: () => (phase === "compile" ? COMPILE_MS : limits.callMs + limits.graceMs),
  });
  opened.spentMs += performance.now() - started;
  if (ending === "done") lanes.set(lane, { generation: supervisor.generation(), kept: new Set() });
  else found.problems = [PROBLEMS[phase][ending]];
  return found;
}
