import path from "node:path";
import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";
import type { Grader } from "../model/grader.ts";
import { reporters } from "../report/index.ts";
import { complain, traceOf } from "./complain.ts";
import { readConfig } from "./config.ts";
import { lookFor } from "./look.ts";
import type { TypedOptions } from "./options.ts";
import { isThere, missingPath } from "./paths.ts";
import { settle } from "./settings.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

/** An editor's save may be several writes; one verdict is enough for those that come together. */
const TOGETHER_MS = 10;

const CLEAR_SCREEN = "\u001B[2J\u001B[3J\u001B[H";

interface Watching {
  named: string;
  grader: Grader;
  seed: string;
  options: TypedOptions;
  world: World;
}

/**
 * Grades one submission now and after each save, with one seed throughout.
 *
 * @param signal ends it; without one it goes on until the process is interrupted
 * @throws WrongCall
 */
export async function watchPath(
  paths: readonly string[],
  options: TypedOptions,
  { world, signal }: { world: World; signal?: AbortSignal },
): Promise<number> {
  const named = await theOnePath(paths, options);
  const settings = settle(options, await readConfig(options.config), world.freshSeed);
  const { openGrader } = await world.loadPipeline();
  const grader = openGrader(settings.grader);
  try {
    const watching: Watching = { named, grader, seed: settings.seed, options, world };
    await gradeOnEachChange(watching, signal);
    return 0;
  } finally {
    await grader.close();
  }
}

async function theOnePath(paths: readonly string[], options: TypedOptions): Promise<string> {
  const [named = ".", ...others] = paths;
  if (others.length > 0) {
    throw new WrongCall(`--watch looks after one submission, and there are ${paths.length} paths.`);
  }
  if (options.output !== undefined || options.format !== "terminal") {
    throw new WrongCall("--watch writes to the screen: leave out --output and --format.");
  }
  if (!(await isThere(named))) throw new WrongCall(await missingPath(named));
  return named;
}

async function gradeOnEachChange(watching: Watching, signal?: AbortSignal): Promise<void> {
  const watcher = watchSources(watching.named);
  let isGrading = false;
  let isStale = false;
  const grade = async (): Promise<void> => {
    isStale = true;
    if (isGrading) return;
    isGrading = true;
    while (isStale) {
      isStale = false;
      await showVerdict(watching);
    }
    isGrading = false;
  };
  let timer: NodeJS.Timeout | undefined;
  await grade();
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void grade(), TOGETHER_MS);
  });
  await ended(watcher, signal);
  clearTimeout(timer);
}

/** Whatever a submission may consist of; what an editor or npm puts beside it is left alone. */
function watchSources(named: string): FSWatcher {
  const isSource = /\.(ts|mts|js|mjs)$/;
  const root = isSource.test(named) ? path.dirname(named) : named;
  return watch(root, {
    ignoreInitial: true,
    ignored: (file, stats) =>
      /[/\\](node_modules|dist|coverage|\.[^/\\.][^/\\]*)$/.test(file) ||
      (stats?.isFile() === true && !isSource.test(file)),
  });
}

async function ended(watcher: FSWatcher, signal: AbortSignal | undefined): Promise<void> {
  const end = new Promise<void>((resolve, reject) => {
    watcher.on("error", reject);
    if (signal?.aborted === true) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await end;
  } finally {
    await watcher.close();
  }
}

async function showVerdict({ named, grader, seed, options, world }: Watching): Promise<void> {
  const { stdout, env } = world;
  const wishes = { color: options.color, toFile: false, several: false, again: [] };
  try {
    const graded = await grader.grade(named, seed);
    const report = reporters.terminal.report(graded, lookFor(wishes, stdout, env));
    const clear = stdout.isTTY === true ? CLEAR_SCREEN : "";
    stdout.write(`${clear}${report}\nWatching ${JSON.stringify(named)}. Ctrl+C ends it.\n`);
  } catch (error) {
    complain(`the grader failed; this is not the submission's fault.\n${traceOf(error)}`, world);
  }
}
