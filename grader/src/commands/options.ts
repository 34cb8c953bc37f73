import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { CHECK_IDS } from "../model/rubric.ts";
import type { CheckId } from "../model/rubric.ts";
import { FORMATS } from "../report/formats.ts";
import type { Format } from "../report/formats.ts";
import { REVEALS } from "../report/reveal.ts";
import type { Reveal } from "../report/reveal.ts";
import { didYouMean } from "./suggest.ts";

/** The command line as it was typed, checked word by word. */
export interface TypedOptions {
  format: Format;
  output?: string;
  seed?: string;
  only?: CheckId[];
  minScore?: number;
  config?: string;
  color: boolean;
  watch?: true;
  walk?: true;
  reveal: Reveal;
  /** Not a submission: a student's id, whose seed is asked for. */
  seedFor?: string;
  secretFile?: string;
}

/** Where help, the version and complaints go. */
export interface Voice {
  out(text: string): void;
  err(text: string): void;
  version(): string;
}

/** Either a call to carry out, or an exit code after help, version or a complaint. */
export type Parsed = { paths: string[]; options: TypedOptions } | { exitCode: 0 | 2 };

const EXAMPLES = `
Examples:
  $ grade                                     the submission in this folder
  $ grade alice bob --format ndjson           one line of JSON for each
  $ grade alice --seed 2014 --output a.json --format json
  $ grade alice --only forward.mask,predict.labels
  $ grade alice --min-score 60                exit code 0 from 60 points on
  $ grade class --help                        every submission in a folder
  $ grade merge --help                        join a class graded in parts
  $ grade verify report.json alice            is this what the grader says?
  $ grade --walk                              what each line of yours holds
  $ grade --watch                             a verdict after each save
  $ grade explain                             the pages about findings
  $ grade experiment                          doubts to try out
  $ grade doctor                              can it run strangers' code here?
  $ grade init my-dropout                     a fresh repository for a student

Exit codes:
  0  every submission was graded and reached --min-score
  1  every submission was graded, and one did not reach it
  2  the call was wrong: an option, a path, the configuration
  3  something could not be graded; this is the grader's own fault`;

/** Reads the words after `grade`. */
export function parseArguments(words: readonly string[], voice: Voice): Parsed {
  const program = buildProgram(voice);
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return {
    paths: program.args.length === 0 ? ["."] : program.args,
    options: program.opts<TypedOptions>(),
  };
}

function buildProgram(voice: Voice): Command {
  return withClassroom(new Command("grade"))
    .description("Grades the inverted-dropout assignment: src/dropout.ts of each submission.")
    .argument(
      "[path...]",
      "folders that hold src/dropout.ts, or single files (default: this folder)",
    )
    .addOption(
      new Option("--format <format>", FORMATS.join(", "))
        .default("terminal")
        .argParser((word) => oneOf(word, FORMATS)),
    )
    .option("--output <file>", "write there instead of to the screen, whole or not at all")
    .option("--seed <text>", "repeat a run: any text, as a report names it (default: a new one)")
    .addOption(
      new Option("--only <check>", "count only these checks; repeat it or use commas").argParser(
        checksIn,
      ),
    )
    .addOption(
      new Option("--min-score <points>", "points for exit code 0 (default: full marks)").argParser(
        wholeNumber,
      ),
    )
    .option("--walk", "show the failed functions line by line, with the values of the run")
    .option("--watch", "grade again after each save, until Ctrl+C")
    .option("--config <file>", "JSON with points, limits, seed, minScore")
    .option("--no-color", "no colours; NO_COLOR in the environment does the same")
    .version(voice.version(), "--version", "show the version")
    .helpOption("--help", "show this help")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: voice.out,
      outputError: (text) => voice.err(text.replace(/^error: /u, "")),
    });
}

/** What a teacher needs. */
function withClassroom(command: Command): Command {
  return command
    .addOption(revealOption())
    .option(
      "--seed-for <id>",
      "print the seed that `grade class` gives to a student, and how to use it",
    )
    .option("--secret-file <file>", "the class's secret for --seed-for (default: GRADE_SECRET)");
}

/** How much of a report is for the student's eyes. */
export function revealOption(): Option {
  return new Option("--reveal <level>", `what students get to see: ${REVEALS.join(", ")}`)
    .default("everything")
    .argParser((word) => oneOf(word, REVEALS));
}

export function oneOf<T extends string>(word: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Expected one of ${known.join(", ")}.${didYouMean(word, known)}`);
}

export function checksIn(words: string, previous: readonly CheckId[] = []): CheckId[] {
  const added = words.split(",").map((word) => oneOf(word.trim(), CHECK_IDS));
  return [...new Set([...previous, ...added])];
}

export function wholeNumber(word: string): number {
  const number = Number(word);
  if (/^\d+$/u.test(word) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("Expected a whole number, 0 or more.");
}
