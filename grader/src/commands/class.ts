import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";
import { findStudents } from "../class/find.ts";
import { buildDigest } from "../class/key.ts";
import { readManifest, writeManifest } from "../class/manifest.ts";
import type { Manifest } from "../class/manifest.ts";
import { readRoster, RosterProblem } from "../class/roster.ts";
import type { RosterRow } from "../class/roster.ts";
import { gradeStudents } from "../class/run.ts";
import { fingerprintOf, seedFor } from "../class/seed.ts";
import { isInShard } from "../class/shard.ts";
import { openStore } from "../class/store.ts";
import type { Result, Store } from "../class/store.ts";
import type { ClassList, Student } from "../class/student.ts";
import { parseClassWords } from "./class-options.ts";
import type { ClassOptions } from "./class-options.ts";
import { asLine, conclude, formatsOf, howToCall, refuseComparison } from "./class-results.ts";
import { complain } from "./complain.ts";
import { readConfig } from "./config.ts";
import { isThere } from "./paths.ts";
import { progressOn } from "./progress.ts";
import { readSecret } from "./secret.ts";
import { settle } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { voiceOf } from "./subcommands.ts";
import { systemWords } from "./system-error.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

const INTERRUPTED = 130;

/** `grade class`. @returns the exit code. @throws WrongCall */
export async function classCommand(words: readonly string[], world: World): Promise<number> {
  const parsed = parseClassWords(
    words,
    voiceOf(world, (text) => complain(text, world)),
  );
  if ("exitCode" in parsed) return parsed.exitCode;
  const [home = "."] = parsed.words;
  const { options } = parsed;
  if (options.format === "ndjson" && options.anonymous === true)
    throw new WrongCall("--anonymous cannot print reports as they come: use --write ndjson.");
  const out = options.out ?? `${path.resolve(home)}-grades`;
  await refuse(home, out);
  await refuseComparison(options);
  const list = await listClass(home, out, options);
  for (const remark of list.remarks) complain(remark, world);
  if (list.students.length === 0)
    throw new WrongCall(`there is no submission in ${JSON.stringify(home)}.`);
  const started = await begin({ home, out, list, options, world });
  const stopped = await gradeAll(started);
  if (!stopped) return await conclude({ ...started, again: howToCall("class", words) });
  complain(
    `interrupted. What was graded is kept; the same call goes on:\n  ${howToCall("class", words)}`,
    world,
  );
  return INTERRUPTED;
}

interface Call {
  home: string;
  out: string;
  list: ClassList;
  options: ClassOptions;
  world: World;
}

interface Started extends Call {
  store: Store;
  manifest: Manifest;
  settings: Settings;
  seedOf(id: string): string;
  /** The students whose reports were printed as they came. */
  printed: Set<string>;
}

/** What is written must never be taken for a part of what is graded. */
async function refuse(home: string, out: string): Promise<void> {
  const real = await realpath(home).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory())
    throw new WrongCall(`there is no folder ${JSON.stringify(home)}.`);
  const refuseInside = (folder: string): void => {
    const inside = path.relative(real, folder);
    if (inside.startsWith("..") || path.isAbsolute(inside)) return;
    throw new WrongCall(
      `--out ${JSON.stringify(out)} lies among the submissions: choose a folder outside of them.`,
    );
  };
  refuseInside(path.resolve(out));
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw new WrongCall(`cannot write to ${JSON.stringify(out)}: ${systemWords(error)}.`);
  }
  // Once more, now that links on the way are known.
  refuseInside(await realpath(out));
}

async function listClass(home: string, out: string, options: ClassOptions): Promise<ClassList> {
  // Its own `src` and `test` would be taken for two students.
  if (options.pick === undefined && (await isThere(path.join(home, "src/dropout.ts"))))
    throw new WrongCall(
      `${JSON.stringify(home)} is one submission, not a folder of them. To grade it: grade ${home}`,
    );
  const roster = options.roster === undefined ? {} : { roster: await rosterIn(options.roster) };
  const wanted = options.pick === undefined ? {} : { picked: await pick(home, options.pick) };
  return await findStudents({ home, staging: path.resolve(out, "unpacked"), ...roster, ...wanted });
}

async function pick(home: string, patterns: readonly string[]): Promise<string[]> {
  const options = {
    cwd: home,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
  };
  const found = await glob(patterns, options);
  // Folders come with a `/` at the end.
  return found.map((name) => name.replace(/\/+$/u, ""));
}

async function rosterIn(file: string): Promise<RosterRow[]> {
  try {
    return readRoster(await readFile(file, "utf8"));
  } catch (error) {
    const why = error instanceof RosterProblem ? error.message : `${systemWords(error)}.`;
    throw new WrongCall(`cannot use the roster ${JSON.stringify(file)}: ${why}`);
  }
}

async function begin(call: Call): Promise<Started> {
  const { options, world, out, list } = call;
  const config = await readConfig(options.config);
  const typed = {
    ...options,
    format: "terminal" as const,
    minScore: options.minScore ?? config.minScore ?? 0,
  };
  const earlier = await readManifest(out);
  const settings = settle(typed, config, () => earlierSeed(earlier) ?? world.freshSeed());
  const secret = await readSecret(options.secretFile, world);
  const isShared = secret === undefined || options.seed !== undefined;
  if (isShared && options.shard !== undefined && (options.seed ?? config.seed) === undefined)
    throw new WrongCall("--shard needs --seed or a secret: the parts have to agree on the inputs.");
  const manifest: Manifest = {
    classVersion: 1,
    grader: world.version(),
    build: await buildDigest(),
    options: settings.grader,
    seed: isShared ? { shared: settings.seed } : { secret: fingerprintOf(secret) },
    assignment: options.assignment,
    students: list.students.map(({ shownAs, ...student }) =>
      shownAs === undefined ? student : { ...student, path: shownAs },
    ),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  };
  const store = await openStore(out);
  await writeManifest(out, manifest);
  const seedOf = (id: string): string => (isShared ? settings.seed : seedFor(secret, id));
  return { ...call, store, manifest, settings, seedOf, printed: new Set() };
}

function earlierSeed(earlier: Manifest | undefined): string | undefined {
  return earlier !== undefined && "shared" in earlier.seed ? earlier.seed.shared : undefined;
}

/** The page shows each program line by line; without names, it shows no program. */
function showsWalks(options: ClassOptions): boolean {
  return formatsOf(options).includes("html") && options.anonymous !== true;
}

/** @returns true where it was interrupted */
async function gradeAll(started: Started): Promise<boolean> {
  const { home, list, options, world, store, manifest, settings, seedOf, printed } = started;
  const interruption = new AbortController();
  world.onInterrupt?.(() => interruption.abort());
  const progress = progressOn(world);
  const own = list.students.filter((_, position) => isInShard(position, options.shard));
  const print = ({ id }: Student, result: Result): void => {
    if (options.format !== "ndjson" || !("graded" in result)) return;
    world.stdout.write(asLine(result.graded, options.reveal));
    printed.add(id);
  };
  try {
    await gradeStudents(own, {
      home,
      store,
      build: manifest.build,
      options: { ...settings.grader, ...(showsWalks(options) ? { walk: true } : {}) },
      seedOf,
      jobs: options.jobs,
      fresh: options.fresh === true,
      signal: interruption.signal,
      onPlan: ({ toGrade, kept }) => progress.start(toGrade, kept),
      onResult: (student, result) => {
        progress.step(student.id);
        print(student, result);
      },
    });
  } finally {
    progress.stop();
  }
  return interruption.signal.aborted;
}
