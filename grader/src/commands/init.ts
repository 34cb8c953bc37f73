import { Command } from "commander";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { complain } from "./complain.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import { codeOf, systemWords } from "./system-error.ts";
import { WrongCall } from "./wrong-call.ts";

/** What `scripts/copy-data.js` laid beside the built code. */
const STARTER = fileURLToPath(new URL("../starter/", import.meta.url));

const WORKFLOW = ".github/workflows/grade.yml";

/** Stands in the workflow for the owner of the repository that holds the grader. */
const PLACEHOLDER = "YOUR-ORG";

const PLACE_OWNER = `  put your organization for ${PLACEHOLDER} in ${WORKFLOW}`;

/** npm leaves files of this name out of a package, so it travels under another. */
const UNDER_ANOTHER_NAME = { gitignore: ".gitignore" };

/** `grade init <folder>`: writes a fresh repository for a student. @throws WrongCall */
export const init: Subcommand = async (words, world) => {
  const command = new Command("grade init")
    .description("Writes a fresh student repository: the assignment, its tests, its workflow.")
    .argument("<folder>", "a folder that is empty or not there yet")
    .option("--org <name>", "who owns the dropout-grader repository, for the workflow");
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const [folder = "."] = command.args;
  const { org } = command.opts<{ org?: string }>();
  // What GitHub allows as the name of a user or an organization.
  if (org !== undefined && !/^[a-z\d](-?[a-z\d])*$/iu.test(org)) {
    throw new WrongCall(`${JSON.stringify(org)} cannot be the name of an organization.`);
  }
  await refuseUnlessEmpty(folder);
  const files = await starterFiles();
  await writeAll(folder, files, org);
  const workflow = await readFile(path.join(folder, WORKFLOW), "utf8");
  const toFill = workflow.includes(PLACEHOLDER) ? [PLACE_OWNER] : [];
  world.stdout.write(nextSteps(folder, files.length, toFill));
  return 0;
};

async function refuseUnlessEmpty(folder: string): Promise<void> {
  const named = JSON.stringify(folder);
  const there = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw new WrongCall(`cannot write into ${named}: ${systemWords(error)}.`);
  });
  if (there.length > 0) {
    throw new WrongCall(`${named} is not empty; nothing was changed. Name a new folder.`);
  }
}

/** Paths below the starter, with `/`, in their order. */
async function starterFiles(): Promise<string[]> {
  const entries = await readdir(STARTER, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(STARTER, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .toSorted();
}

async function writeAll(
  folder: string,
  files: readonly string[],
  org: string | undefined,
): Promise<void> {
  try {
    for (const file of files) {
      const target = path.join(folder, nameOf(file));
      await mkdir(path.dirname(target), { recursive: true });
      await copyFile(path.join(STARTER, file), target);
    }
    await nameThePackage(folder);
    if (org !== undefined) await replaceIn(path.join(folder, WORKFLOW), PLACEHOLDER, org);
  } catch (error) {
    throw new WrongCall(`cannot write into ${JSON.stringify(folder)}: ${systemWords(error)}.`);
  }
}

function nameOf(file: string): string {
  const known: Record<string, string> = UNDER_ANOTHER_NAME;
  return Object.hasOwn(known, file) ? (known[file] ?? file) : file;
}

/** The repository's package is called as its folder is. */
async function nameThePackage(folder: string): Promise<void> {
  const name = path
    .basename(path.resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/gu, "-")
    .replace(/^[._-]+/u, "");
  if (name === "") return;
  await replaceIn(path.join(folder, "package.json"), /(?<=^ *"name": )"[^"]*"/mu, `"${name}"`);
}

async function replaceIn(file: string, old: string | RegExp, fresh: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(old, () => fresh),
  );
}

function nextSteps(folder: string, files: number, toFill: readonly string[]): string {
  const quoted = /^[\w./-]+$/u.test(folder) ? folder : JSON.stringify(folder);
  return [
    `Wrote ${files} files into ${JSON.stringify(folder)}. Next:`,
    `  cd ${quoted}`,
    "  npm install",
    "  npm test             every check fails, as nothing is written yet",
    ...toFill,
    "  git init && git add . && git commit -m 'The assignment'",
    "",
  ].join("\n");
}
