import path from "node:path";
import type { Graded, Grader } from "../model/grader.ts";
import type { Report } from "../model/report.ts";
import { SEVERAL } from "../report/formats.ts";
import { reporters } from "../report/index.ts";
import type { Look } from "../report/reporter.ts";
import { reveal } from "../report/reveal.ts";
import { complain, traceOf } from "./complain.ts";
import { readConfig } from "./config.ts";
import { exitCodeFor } from "./exit-code.ts";
import { lookFor } from "./look.ts";
import type { TypedOptions } from "./options.ts";
import { checkOutput, writeWhole } from "./output.ts";
import { isThere, missingPath } from "./paths.ts";
import { settle } from "./settings.ts";
import type { Settings } from "./settings.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

/** What a shell says of a program that nobody listens to any more: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

interface Run {
  settings: Settings;
  options: TypedOptions;
  look: Look;
  /** Writes to the screen, or keeps for the file. */
  put(text: string): void;
  world: World;
}

/** Grades the paths in their order. @returns the exit code. @throws WrongCall */
export async function gradePaths(
  paths: readonly string[],
  options: TypedOptions,
  world: World,
): Promise<number> {
  const settings = settle(options, await readConfig(options.config), world.freshSeed);
  await refuse(paths, options);
  const kept: string[] = [];
  const toFile = options.output !== undefined;
  const wishes = { color: options.color, toFile, several: paths.length > 1, again: again(options) };
  const look = lookFor(wishes, world.stdout, world.env);
  const put = (text: string) => void (toFile ? kept.push(text) : world.stdout.write(text));
  const code = await gradeAll(paths, { settings, options, look, put, world });
  if (options.output !== undefined) await writeWhole(options.output, kept.join(""));
  return world.isClosed() ? BROKEN_PIPE : code;
}

/** The options that change a report, beside the seed. */
function again({ only, config, walk }: TypedOptions): string[] {
  return [
    ...(only === undefined ? [] : ["--only", only.join(",")]),
    ...(config === undefined ? [] : ["--config", config]),
    ...(walk === true ? ["--walk"] : []),
  ];
}

/** What can be known to be wrong before any work is done. */
async function refuse(paths: readonly string[], { format, output }: TypedOptions): Promise<void> {
  if (!SEVERAL.includes(format) && paths.length > 1) {
    throw new WrongCall(
      `--format ${format} prints one report, and there are ${paths.length} paths. Use --format ndjson.`,
    );
  }
  if (output === undefined) return;
  if (paths.some((named) => path.resolve(named) === path.resolve(output))) {
    throw new WrongCall(`--output ${JSON.stringify(output)} would overwrite what is to be graded.`);
  }
  await checkOutput(output);
}

async function gradeAll(paths: readonly string[], run: Run): Promise<number> {
  const found = await Promise.all(paths.map(isThere));
  const grader = found.includes(true) ? await openPipeline(run) : undefined;
  const graded: Graded[] = [];
  const tally = { missing: 0, faults: 0 };
  try {
    for (const [i, named] of paths.entries()) {
      if (run.world.isClosed()) break;
      if (found[i] !== true || grader === undefined) {
        tally.missing += 1;
        complain(await missingPath(named), run.world);
        continue;
      }
      const one = await gradeOne(named, grader, run);
      if (one === undefined) tally.faults += 1;
      else graded.push(one);
    }
    run.put(reporters[run.options.format].closing?.(graded, run.look) ?? "");
  } finally {
    await grader?.close();
  }
  const reports = graded.map(({ report }): Report => report);
  return exitCodeFor({ reports, ...tally }, run.settings.minScore);
}

async function openPipeline({ settings, world }: Run): Promise<Grader> {
  const { openGrader } = await world.loadPipeline();
  return openGrader(settings.grader);
}

async function gradeOne(named: string, grader: Grader, run: Run): Promise<Graded | undefined> {
  try {
    const graded = reveal(await grader.grade(named, run.settings.seed), run.options.reveal);
    run.put(reporters[run.options.format].report(graded, run.look));
    return graded;
  } catch (error) {
    complain(
      `the grader failed on ${JSON.stringify(named)}; this is not the submission's fault.\n${traceOf(error)}`,
      run.world,
    );
    return undefined;
  }
}
