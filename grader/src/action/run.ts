import path from "node:path";
import { error } from "@actions/core";
import { traceOf } from "../commands/complain.ts";
import { exitCodeFor } from "../commands/exit-code.ts";
import type { World } from "../commands/world.ts";
import { WrongCall } from "../commands/wrong-call.ts";
import type { Graded } from "../model/grader.ts";
import { defuse, linesOf, visible } from "../report/escape.ts";
import { reveal } from "../report/reveal.ts";
import { writeClassroom50 } from "./classroom50.ts";
import { readInputs } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";
import { protectedFiles } from "./protected.ts";
import { publish } from "./publish.ts";
import { placeFor } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";

const CALL_WAS_WRONG = 2;
const GRADER_FAILED = 3;

/** Grades as the workflow asks. @returns the exit code, as of `grade`; never throws. */
export async function runAction(
  around: Surroundings,
  loadPipeline: World["loadPipeline"],
  given: URL,
): Promise<number> {
  try {
    const inputs = await readInputs(around);
    const graded = await gradeOne(inputs, around, loadPipeline);
    await tell(graded, { inputs, around, given });
    return exitCodeFor(
      { reports: [graded.report], missing: 0, faults: 0 },
      inputs.settings.minScore,
    );
  } catch (caught) {
    if (caught instanceof WrongCall) {
      complain(caught.message, "The call of the grader is wrong");
      return CALL_WAS_WRONG;
    }
    sayFault(caught);
    return GRADER_FAILED;
  }
}

async function gradeOne(
  { path: named, settings }: Inputs,
  { inWorkspace }: Surroundings,
  loadPipeline: World["loadPipeline"],
): Promise<Graded> {
  const { openGrader } = await loadPipeline();
  const grader = openGrader(settings.grader);
  try {
    const { report, files } = await grader.grade(inWorkspace(named), settings.seed);
    // The report names the path as the workflow did, wherever the runner keeps its folders.
    return { report: { ...report, submission: { ...report.submission, path: named } }, files };
  } finally {
    await grader.close();
  }
}

interface Rest {
  inputs: Inputs;
  around: Surroundings;
  given: URL;
}

async function tell(whole: Graded, { inputs, around, given }: Rest): Promise<void> {
  const named = around.inWorkspace(inputs.path);
  const root = /\.[jt]s$/u.test(named) ? path.dirname(named) : named;
  const place = placeFor(root, inputs.docs, around);
  const listed = inputs.config.protected;
  const kept = await protectedFiles({ listed, given, folder: place.folder }, around);
  const graded = reveal(whole, inputs.reveal);
  await publish({ graded, place, kept }, around);
  await writeClassroom50(inputs.classroom50, graded.report, around);
}

/** One error that says whose fault it is, harmless whatever it quotes. */
export function sayFault(fault: unknown): void {
  const message = `This is not the submission's fault, and it is no mark.\n${traceOf(fault)}`;
  complain(message, "The grader failed");
}

function complain(message: string, title: string): void {
  error(defuse(linesOf(message).map(visible).join("\n")), { title });
}
