import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { paintFor } from "../report/terminal/paint.ts";
import { hang } from "../report/terminal/wrap.ts";
import { complain } from "./complain.ts";
import { lookFor } from "./look.ts";
import { renderPage } from "./markdown.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import { didYouMean } from "./suggest.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

/** What `scripts/copy-data.js` laid beside the built code. */
const PAGES = new URL("../misconceptions/", import.meta.url);

/** One row of the list of all pages. */
interface Listed {
  id: string;
  title: string;
  section: string;
}

/** `grade explain [id or words]`: a page, or the list of those that hold the words. @throws WrongCall */
export const explain: Subcommand = async (words, world) => {
  const command = new Command("grade explain")
    .description("Shows the page about a finding, or the list of all pages.")
    .argument("[words...]", "the id of a page, or words to search all pages for")
    .option("--no-color", "no colours; NO_COLOR in the environment does the same");
  const voice = voiceOf(world, (text) => complain(text, world));
  const code = parseWords(command, words, voice);
  if (code !== undefined) return code;
  const { color } = command.opts<{ color: boolean }>();
  world.stdout.write(await answer(command.args, color, world));
  return 0;
};

async function answer(asked: readonly string[], color: boolean, world: World): Promise<string> {
  const look = lookFor(
    { color, toFile: false, several: false, again: [] },
    world.stdout,
    world.env,
  );
  const all = await listPages();
  const [word = ""] = asked;
  const named = asked.length === 1 ? all.filter(({ id }) => id === word) : [];
  const found = named.length > 0 ? named : await search(all, asked);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return renderPage(await readPage(first.id), look);
  if (first === undefined) {
    const near = didYouMean(
      word,
      all.map(({ id }) => id),
    );
    throw new WrongCall(`no page holds ${JSON.stringify(asked.join(" "))}.${near}`);
  }
  const { bold } = paintFor(look);
  return [
    ...listLines(found, { bold, width: look.width }),
    "",
    `${found.length} pages. One of them: grade explain ${first.id}`,
    "Those that hold a word: grade explain <word>",
    "",
  ].join("\n");
}

/** The pages that hold all the words; the ones that name them in id or title first. */
async function search(all: readonly Listed[], words: readonly string[]): Promise<Listed[]> {
  const wanted = words.map((word) => word.toLowerCase());
  const holdsAll = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  const named = all.filter(({ id, title }) => holdsAll(`${id} ${title}`));
  if (named.length > 0) return named;
  const texts = await Promise.all(all.map(({ id }) => readPage(id)));
  return all.filter((_, k) => holdsAll(texts[k] ?? ""));
}

interface ListLook {
  bold: (text: string) => string;
  width: number;
}

function listLines(pages: readonly Listed[], { bold, width }: ListLook): string[] {
  const columns = Math.max(...pages.map(({ id }) => id.length)) + 2;
  return pages.flatMap(({ id, title, section }, k) => [
    ...(section === pages[k - 1]?.section ? [] : [...(k === 0 ? [] : [""]), bold(section)]),
    ...hang(id.padEnd(columns), title, { indent: 2, width }),
  ]);
}

/** Reads the index page: a section's heading, then a table of titles and ids. */
async function listPages(): Promise<Listed[]> {
  const pages: Listed[] = [];
  let section = "";
  for (const line of (await readPage("README")).split("\n")) {
    section = /^## (.*)$/u.exec(line)?.[1] ?? section;
    const [, title, id] = /^\| \[(.*)\]\(([\w-]+)\.md\)/u.exec(line) ?? [];
    if (title !== undefined && id !== undefined) pages.push({ id, title, section });
  }
  return pages;
}

async function readPage(id: string): Promise<string> {
  return await readFile(new URL(`${id}.md`, PAGES), "utf8");
}
