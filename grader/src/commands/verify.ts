import { readFile, stat } from "node:fs/promises";
import { Command } from "commander";
import type { Graded, GraderOptions } from "../model/grader.ts";
import { reportSchema } from "../model/report.ts";
import type { Report } from "../model/report.ts";
import type { CheckId } from "../model/rubric.ts";
import { complain } from "./complain.ts";
import { readConfig } from "./config.ts";
import { checksIn } from "./options.ts";
import { isThere, missingPath } from "./paths.ts";
import { settle } from "./settings.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import { systemWords } from "./system-error.ts";
import { compareReports, verdictText } from "./verify-reports.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

const NOT_GRADABLE = 3;

/** Several times what the longest report takes. */
const MOST_BYTES = 16 * 1024 * 1024;

const HELP = `
The submission is graded twice: with the report's seed, which must give the
same report, and with another one, which must give the same mark, because
whoever made the report may have chosen its seed.

Exit codes:
  0  the report is what the grader says
  1  it is not
  2  the call was wrong: no such path, no report, the configuration
  3  the submission could not be graded; this is the grader's own fault`;

interface VerifyOptions {
  seed?: string;
  only?: CheckId[];
  config?: string;
}

/**
 * `grade verify <report> <submission>`: is a report from somewhere else what the grader says?
 * @returns 0 where it is, 1 where it is not, 3 where the grader failed. @throws WrongCall
 */
export const verify: Subcommand = async (words, world) => {
  const command = new Command("grade verify")
    .description("Checks a report that was made elsewhere against the submission that it is about.")
    .argument("<report>", "the report, as --format json wrote it")
    .argument("<submission>", "the folder or file that was handed in")
    .option("--seed <text>", "the other seed (default: a new one)")
    .option("--only <check>", "the checks that counted; repeat it or use commas", checksIn)
    .option("--config <file>", "the configuration that the report was made with")
    .allowExcessArguments(false)
    .addHelpText("after", HELP);
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const [file = "", submission = ""] = command.args;
  const claimed = await readReport(file);
  if (!(await isThere(submission))) throw new WrongCall(await missingPath(submission));
  const options = command.opts<VerifyOptions>();
  const config = await readConfig(options.config);
  const { seed, grader } = settle({ ...options, minScore: 0 }, config, world.freshSeed);
  const own = { ...grader, ...(claimed.walks === undefined ? {} : { walk: true }) };
  const [same, other] = await gradeTwice(submission, [claimed.seed, seed], { options: own, world });
  if ([same, other].some(({ report }) => report.status === "ungradable")) {
    complain("the grader failed on this submission, so nothing is known of the report.", world);
    return NOT_GRADABLE;
  }
  const differences = compareReports(claimed, { same, other });
  world.stdout.write(verdictText({ file, submission, claimed, seed, differences }));
  return differences.length === 0 ? 0 : 1;
};

/** A stranger's file: it is taken for nothing until it has the shape of a report. */
async function readReport(file: string): Promise<Report> {
  const refuse = (why: string): WrongCall =>
    new WrongCall(`cannot use the report ${JSON.stringify(file)}: ${why}.`);
  const text = await readShort(file).catch((error: unknown) => {
    throw refuse(systemWords(error));
  });
  if (text === undefined) throw refuse("it is no file of the size of a report");
  const { data } = reportSchema.safeParse(jsonIn(text));
  if (data !== undefined) return data;
  throw refuse("it does not read as one that grade --format json wrote");
}

async function readShort(file: string): Promise<string | undefined> {
  const found = await stat(file);
  return found.isFile() && found.size <= MOST_BYTES ? await readFile(file, "utf8") : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function gradeTwice(
  submission: string,
  [first, second]: [string, string],
  { options, world }: { options: GraderOptions; world: World },
): Promise<[Graded, Graded]> {
  const { openGrader } = await world.loadPipeline();
  const grader = openGrader(options);
  try {
    return [await grader.grade(submission, first), await grader.grade(submission, second)];
  } finally {
    await grader.close();
  }
}
