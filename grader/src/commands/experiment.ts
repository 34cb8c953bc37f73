import { Command } from "commander";
import cliProgress from "cli-progress";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Experiment } from "../experiments/experiment.ts";
import { EXPERIMENTS } from "../experiments/index.ts";
import { pageOf } from "../experiments/page.ts";
import { runExperiment } from "../experiments/run.ts";
import type { Ran } from "../experiments/run.ts";
import { paintFor } from "../report/terminal/paint.ts";
import { hang, prose } from "../report/terminal/wrap.ts";
import { complain } from "./complain.ts";
import { lookFor } from "./look.ts";
import { checkOutput, writeWhole } from "./output.ts";
import { isThere, missingPath } from "./paths.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import { didYouMean } from "./suggest.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

/** `grade experiment [name] [path]`: tries a doubt out, or lists the doubts. @throws WrongCall */
export const experiment: Subcommand = async (words, world) => {
  const command = new Command("grade experiment")
    .description("Tries out a doubt: prints numbers and writes a page with pictures.")
    .argument("[name]", "which experiment; without it, the list")
    .argument("[path]", "a folder with src/dropout.ts: your own functions (default: the reference)")
    .option("--output <file>", "the page (default: experiment-<name>.html)")
    .option("--no-color", "no colours; NO_COLOR in the environment does the same");
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const { output, color } = command.opts<{ output?: string; color: boolean }>();
  const [name, submission] = command.args;
  const look = lookFor(
    { color, toFile: false, several: false, again: [] },
    world.stdout,
    world.env,
  );
  const screen: Screen = { bold: paintFor(look).bold, width: look.width, world };
  if (name === undefined) {
    world.stdout.write(`${list(screen).join("\n")}\n`);
    return 0;
  }
  await tryOut(experimentNamed(name), { output, submission }, screen);
  return 0;
};

interface Screen {
  bold: (text: string) => string;
  width: number;
  world: World;
}

interface Wishes {
  output: string | undefined;
  submission: string | undefined;
}

async function tryOut(chosen: Experiment, wishes: Wishes, screen: Screen): Promise<void> {
  const { submission, output = `experiment-${chosen.name}.html` } = wishes;
  if (submission !== undefined && !(await isThere(submission))) {
    throw new WrongCall(await missingPath(submission));
  }
  await checkOutput(output);
  const bar = progressBar(screen.world);
  const ran = await runExperiment(chosen, submission, bar.show).finally(bar.stop);
  await writeWhole(output, pageOf(chosen, ran.findings, ran.who));
  screen.world.stdout.write(`${linesFor(chosen, ran, screen).join("\n")}\n`);
  const address = pathToFileURL(path.resolve(output)).href;
  screen.world.stdout.write(`\nPictures, for your browser:\n  ${address}\n`);
}

function experimentNamed(name: string): Experiment {
  const found = EXPERIMENTS.find((known) => known.name === name);
  if (found !== undefined) return found;
  const names = EXPERIMENTS.map((known) => known.name);
  throw new WrongCall(
    `there is no experiment ${JSON.stringify(name)}.${didYouMean(name, names)} They are ${names.join(", ")}.`,
  );
}

function list({ bold, width }: Screen): string[] {
  const columns = Math.max(...EXPERIMENTS.map(({ name }) => name.length)) + 2;
  return [
    ...EXPERIMENTS.flatMap(({ name, doubt, what }) => [
      ...hang(name.padEnd(columns), bold(`"${doubt}"`), { indent: 0, width }),
      ...hang("", what, { indent: columns, width }),
    ]),
    "",
    "grade experiment <name>         with the reference's functions",
    "grade experiment <name> <path>  with yours",
  ];
}

function linesFor({ doubt, answer }: Experiment, ran: Ran, { bold, width }: Screen): string[] {
  const place = { indent: 0, width };
  return [
    ...hang("", bold(`"${doubt}"`), place),
    ...(ran.instead === undefined
      ? []
      : prose(`Not with your functions yet: ${ran.instead}`, place)),
    ...prose(`Run with ${ran.who}.`, place),
    "",
    ...ran.findings.lines.map((line) => (line === "" ? "" : `  ${line}`)),
    "",
    ...prose(answer, place),
  ];
}

/** A bar on a terminal, nothing elsewhere. */
function progressBar({ stderr }: World) {
  const bar = new cliProgress.SingleBar(
    { stream: process.stderr, hideCursor: true, clearOnComplete: true, barsize: 40 },
    cliProgress.Presets.shades_classic,
  );
  if (stderr.isTTY !== true) return { show: () => undefined, stop: () => undefined };
  let isShown = false;
  return {
    show: (done: number, total: number) => {
      if (isShown) bar.update(done);
      else bar.start(total, done);
      isShown = true;
    },
    stop: () => bar.stop(),
  };
}
