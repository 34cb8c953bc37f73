import path from "node:path";
import { Command } from "commander";
import type { Grader } from "../model/grader.ts";
import { complain } from "./complain.ts";
import { readConfig } from "./config.ts";
import { progressOn } from "./progress.ts";
import { readSpecimens, tryOut } from "./selftest-corpus.ts";
import type { Specimen, Trial } from "./selftest-corpus.ts";
import { meetsTargets, selftestText } from "./selftest-table.ts";
import { settle } from "./settings.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

const HELP = `
Exit codes:
  0  every target is reached
  1  one is missed
  2  the call was wrong, or there is no folder solutions/ here
  3  something could not be graded; this is the grader's own fault`;

/** `grade selftest`: all programs of `solutions/` against what is expected of them. @throws WrongCall */
export const selftest: Subcommand = async (words, world) => {
  const command = new Command("grade selftest")
    .description("Grades every program in solutions/ and counts how often the grader is right.")
    .argument("[folder]", "the folder with correct/ and wrong/", "solutions")
    .option("--seed <text>", "repeat a run: any text (default: a new one)")
    .addHelpText("after", HELP);
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const specimens = await specimensIn(command.args[0] ?? "solutions");
  const { grader, seed } = settle(command.opts(), await readConfig(undefined), world.freshSeed);
  const { openGrader } = await world.loadPipeline();
  const opened = openGrader({ ...grader, walk: true });
  try {
    const trials = await tryAll(specimens, { grader: opened, seed, world });
    world.stdout.write(`${selftestText(trials)}\nSeed ${seed}.\n`);
    return meetsTargets(trials) ? 0 : 1;
  } finally {
    await opened.close();
  }
};

async function specimensIn(folder: string): Promise<Specimen[]> {
  const specimens = await readSpecimens(folder);
  if (specimens !== undefined && specimens.length > 0) return specimens;
  throw new WrongCall(
    `selftest grades the example programs of the grader's own project, and there are no folders ` +
      `${JSON.stringify(path.join(folder, "correct"))} and ${JSON.stringify(path.join(folder, "wrong"))}. ` +
      `Run it in a clone of the project.`,
  );
}

interface Run {
  grader: Grader;
  seed: string;
  world: World;
}

/** A grader that throws is no result: the command line says so, and exits with 3. */
async function tryAll(
  specimens: readonly Specimen[],
  { grader, seed, world }: Run,
): Promise<Trial[]> {
  const progress = progressOn(world);
  progress.start(specimens.length, 0);
  const trials: Trial[] = [];
  try {
    for (const specimen of specimens) {
      const { report } = await grader.grade(specimen.folder, seed);
      trials.push(tryOut(specimen, report));
      progress.step(path.basename(specimen.folder));
    }
  } finally {
    progress.stop();
  }
  return trials;
}
