/**
 * How often the grader is right, beside what would be used instead, on the same programs.
 * `npm run bench:accuracy -- --programs 1000 --mutants 900 --seed 1 --keep /tmp/failures --write`
 */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { accepts, BASELINES, type BaselineName } from "./baselines/baselines.ts";
import { correctPrograms, wrongPrograms } from "./corpus.ts";
import { reasonFor } from "./equivalence.ts";
import { judgedMutants, rewritings, type JudgedMutant } from "./generate.ts";
import { gradeAll, hasFullMarks } from "./grading.ts";
import { examine, type Verdict } from "./oracle/oracle.ts";
import { linesSection, misses, type Marked } from "./lines.ts";
import { writeProgram, type Program } from "./program.ts";
import { writeToReadme } from "./readme.ts";
import type { Location } from "../../grader/src/model/submission.ts";
import type { Walk } from "../../grader/src/model/walk.ts";
import { resultsPage, type Corpus, type Result } from "./table.ts";

const RESULTS = fileURLToPath(new URL("results.md", import.meta.url));

const { values: options } = parseArgs({
  options: {
    programs: { type: "string", default: "1000" },
    mutants: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
    /** Where programs go that the grader was wrong about. */
    keep: { type: "string" },
    /** Only lists the wrong mutants whose edited line is not marked. */
    lines: { type: "boolean", default: false },
    /** Puts what was found into results.md and the README, besides printing it. */
    write: { type: "boolean", default: false },
  },
});

const NONE = Object.fromEntries(Object.keys(BASELINES).map((name) => [name, false])) as Record<
  BaselineName,
  boolean
>;

interface Case {
  program: Program;
  verdict: Verdict;
}

const scratch = await mkdtemp(path.join(tmpdir(), "dropout-accuracy-"));
try {
  await run();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const mutants = await judgedMutants(Number(options.mutants), options.seed);
  const wrong = mutants.filter(({ verdict }) => !verdict.isRight);
  const harmless = mutants.filter(({ verdict }) => verdict.isRight);
  console.log(`${wrong.length} wrong mutants, ${harmless.length} right ones`);
  const spoilt = await measure("wrong, one edit from right", wrong);
  const edited = wrong.flatMap((mutant, k): Marked[] => {
    const result = spoilt.results[k];
    return result ? [{ mutant, ...result }] : [];
  });
  const lines = linesSection(edited);
  if (options.lines) console.log([misses(edited), ...lines].join("\n\n"));
  else await compare({ wrong, harmless, spoilt, lines });
}

interface Mutated {
  wrong: readonly JudgedMutant[];
  harmless: readonly JudgedMutant[];
  spoilt: Corpus;
  lines: readonly string[];
}

/** All corpora, beside what would be used instead of this grader. */
async function compare({ wrong, harmless, spoilt, lines }: Mutated): Promise<void> {
  const rewritten = await rewritings(Number(options.programs), options.seed);
  console.log(
    `${rewritten.right.length} rewritten, ${rewritten.discarded.length} discarded by the oracle`,
  );
  const corpora = [
    await measure("right, written by hand", await examined(correctPrograms())),
    await measure("right, rewritten", rewritten.right),
    await measure("right, one harmless edit", harmless),
    await measure("wrong, written by hand", await examined(wrongPrograms())),
    spoilt,
  ];
  const command = `npm run bench:accuracy -- --programs ${options.programs} --mutants ${options.mutants} --seed ${options.seed}`;
  const page = resultsPage(corpora, {
    kinds: new Set(rewritten.right.flatMap((one) => one.kinds)).size,
    discarded: rewritten.discarded.length,
    command,
    reasons: await inTurn(harmless, async (mutant) => ({
      mutant,
      reason: await reasonFor(mutant),
    })),
    lines,
    survivors: wrong.filter((_, k) => spoilt.results[k]?.isAccepted === true),
  });
  console.log(page);
  if (options.write) {
    await writeFile(RESULTS, page);
    await writeToReadme(corpora, command);
  }
  const isPerfect = corpora.every(({ results }) => results.every(({ isExpected }) => isExpected));
  process.exitCode = isPerfect ? 0 : 1;
}

async function examined(programs: readonly Program[]): Promise<Case[]> {
  return await inTurn(programs, async (program) => ({ program, verdict: await examine(program) }));
}

/** Grades every program of a corpus, and lets the baselines judge it too. */
async function measure(title: string, cases: readonly Case[]): Promise<Corpus> {
  const folders = await inTurn(
    cases,
    async ({ program }) => await writeProgram(path.join(scratch, title), program),
  );
  const reports = await gradeAll(folders, options.seed);
  const results = await inTurn(cases, async ({ program, verdict }, k): Promise<Result> => {
    const report = reports[k];
    const isAccepted = report !== undefined && hasFullMarks(report);
    const isExpected = isAccepted === title.startsWith("right");
    if (!isExpected && options.keep) await writeProgram(path.join(options.keep, title), program);
    const isPredictOnly = Object.keys(verdict.reasons).join() === "predict";
    return {
      id: program.id,
      isAccepted,
      isExpected,
      isPredictOnly,
      pointedAt: report?.findings.flatMap(({ location }) => location ?? []) ?? [],
      divergesAt: report?.walks?.flatMap(divergence) ?? [],
      // What only lists lines is to be quick.
      baselines: options.lines ? NONE : await accepts(program),
    };
  });
  console.log(
    `${title}: ${results.filter((r) => !r.isExpected).length} of ${results.length} misjudged`,
  );
  return { title, results };
}

function divergence({ steps }: Walk): Location[] {
  return steps.filter(({ standing }) => standing === "diverges").map(({ location }) => location);
}

async function inTurn<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}
