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

/** npm leaves files of this name out of a package, so it travels under another. */
const UNDER_ANOTHER_NAME = { gitignore: ".gitignore" };

/** `grade init <folder>`: writes a fresh repository for a student. @throws WrongCall */
export const init: Subcommand = async (words, world) => {
  const command = new Command("grade init")
    .description("Writes a fresh student repository: the assignment, its tests, its workflow.")
    .argument("<folder>", "a folder that is empty or not there yet");
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const [folder = "."] = command.args;
  await refuseUnlessEmpty(folder);
  const files = await starterFiles();
  await writeAll(folder, files);
  world.stdout.write(nextSteps(folder, files));
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

async function writeAll(folder: string, files: readonly string[]): Promise<void> {
  try {
    for (const file of files) {
      const target = path.join(folder, nameOf(file));
      await mkdir(path.dirname(target), { recursive: true });
      await copyFile(path.join(STARTER, file), target);
    }
    await nameThePackage(folder);
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
  const file = path.join(folder, "package.json");
  const name = path
    .basename(path.resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/gu, "-")
    .replace(/^[._-]+/u, "");
  if (name === "") return;
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^( *"name": )"[^"]*"/mu, `$1${JSON.stringify(name)}`));
}

function nextSteps(folder: string, files: readonly string[]): string {
  const quoted = /^[\w./-]+$/u.test(folder) ? folder : JSON.stringify(folder);
  return [
    `Wrote ${files.length} files into ${JSON.stringify(folder)}. Next:`,
    `  cd ${quoted}`,
    "  npm install",
    "  npm test             every check fails, as nothing is written yet",
    "  git init && git add . && git commit -m 'The assignment'",
    "",
  ].join("\n");
}
