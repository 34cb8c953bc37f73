import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Shard } from "../class/shard.ts";
import type { CheckId } from "../model/rubric.ts";
import { CLASS_FORMATS } from "../report/formats.ts";
import type { ClassFormat } from "../report/formats.ts";
import type { Reveal } from "../report/reveal.ts";
import { checksIn, oneOf, revealOption, wholeNumber } from "./options.ts";
import type { Voice } from "./options.ts";
import { parseWords } from "./subcommands.ts";

/** What `grade class` and `grade merge` have in common. */
export interface OutputOptions {
  out?: string;
  write?: ClassFormat[];
  reveal: Reveal;
  html?: true;
  anonymous?: true;
  compare?: string;
  minScore?: number;
  color: boolean;
}

export interface ClassOptions extends OutputOptions {
  format: "terminal" | "ndjson";
  pick?: string[];
  roster?: string;
  assignment: string;
  jobs: number;
  fresh?: true;
  seed?: string;
  secretFile?: string;
  shard?: Shard;
  only?: CheckId[];
  config?: string;
}

/** A call to carry out, or an exit code after help or a complaint. */
export type ParsedWords<T> = { words: string[]; options: T } | { exitCode: 0 | 2 };

const EXAMPLES = `
Examples:
  $ grade class submissions                   every subfolder is a submission
  $ grade class submissions --roster list.csv --write canvas,junit
  $ grade class downloads                     Canvas' or Moodle's, unpacked
  $ grade class submissions --shard 2/8 --out part-2    one eighth of them

Results are kept in --out as they come. The same call again grades what is new,
what was changed and what could not be graded, and nothing else.

Exit codes:
  0  every submission was graded, and reached --min-score if there is one
  1  every submission was graded, and one did not reach --min-score
  2  the call was wrong: an option, a path, the configuration
  3  something could not be graded; this is the grader's own fault
  130  interrupted: the same call goes on where it stopped`;

/** Reads the words after `grade class`. */
export function parseClassWords(words: readonly string[], voice: Voice): ParsedWords<ClassOptions> {
  const program = withWork(withOutputs(new Command("grade class")))
    .description("Grades every submission in a folder, on all cores.")
    .argument("<dir>", "the folder with the submissions")
    .option("--pick <glob>", "take these paths instead of every subfolder; repeat it", collect)
    .option(
      "--roster <csv>",
      "who is in the class: columns id, name, path; Canvas' and Moodle's own lists do",
    )
    .option("--assignment <name>", "as Canvas calls it, with its number: Dropout (1234)", "Dropout")
    .addOption(
      new Option("--only <check>", "count only these checks; repeat it or use commas").argParser(
        checksIn,
      ),
    )
    .option("--config <file>", "JSON with points, limits, seed, minScore")
    .addOption(
      new Option(
        "--format <format>",
        "terminal: a summary at the end; ndjson: each report as it comes",
      )
        .default("terminal")
        .argParser((word) => oneOf(word, ["terminal", "ndjson"] as const)),
    )
    .addHelpText("after", EXAMPLES);
  return parse(program, words, voice);
}

/** Reads the words after `grade merge`. */
export function parseMergeWords(
  words: readonly string[],
  voice: Voice,
): ParsedWords<OutputOptions> {
  const program = withOutputs(new Command("grade merge"))
    .description("Joins the parts of a class that were graded with --shard.")
    .argument("<part...>", "the --out folders of the parts")
    .addHelpText("after", "\nThe result is what one machine would have written.");
  return parse(program, words, voice);
}

/** How the work is divided, and which inputs it is done with. */
function withWork(command: Command): Command {
  return command
    .addOption(
      new Option("--jobs <n>", "submissions side by side")
        .default(availableParallelism())
        .argParser(atLeastOne),
    )
    .option("--fresh", "grade everything again, also what has not changed")
    .option("--seed <text>", "one seed for all (default: a new one, kept in --out)")
    .option(
      "--secret-file <file>",
      "a seed for each student, made of this secret (default: GRADE_SECRET)",
    )
    .addOption(
      new Option("--shard <i/n>", "grade only this part; grade merge joins them").argParser(
        shardIn,
      ),
    );
}

function withOutputs(command: Command): Command {
  return command
    .option("--out <dir>", "where results are kept (default: <dir>-grades)")
    .addOption(
      new Option(
        "--write <format>",
        `besides csv: ${CLASS_FORMATS.slice(1).join(", ")}; repeat it or use commas`,
      ).argParser(formatsIn),
    )
    .addOption(revealOption())
    .option("--html", "a page of the whole class, to open and search: the same as --write html")
    .option("--anonymous", "pseudonyms instead of names, in a folder of its own")
    .option("--compare <dir>", "whose marks are others than in an earlier --out, and why")
    .addOption(
      new Option("--min-score <points>", "points for exit code 0 (default: none)").argParser(
        wholeNumber,
      ),
    )
    .option("--no-color", "no colours; NO_COLOR in the environment does the same");
}

function parse<T>(program: Command, words: readonly string[], voice: Voice): ParsedWords<T> {
  const exitCode = parseWords(program, words, voice);
  if (exitCode !== undefined) return { exitCode };
  // Every option of the interface is declared above, with the parser that gives it its type.
  return { words: program.args, options: program.opts() as T };
}

function collect(word: string, previous: readonly string[] = []): string[] {
  return [...previous, word];
}

function formatsIn(words: string, previous: readonly ClassFormat[] = []): ClassFormat[] {
  const added = words.split(",").map((word) => oneOf(word.trim(), CLASS_FORMATS));
  return [...new Set([...previous, ...added])];
}

function atLeastOne(word: string): number {
  const number = wholeNumber(word);
  if (number > 0) return number;
  throw new InvalidArgumentError("Expected a whole number, 1 or more.");
}

function shardIn(word: string): Shard {
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/u.exec(word) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new InvalidArgumentError("Expected a part of the whole such as 2/8: the second of eight.");
}
