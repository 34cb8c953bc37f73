import type { Look } from "../report/reporter.ts";
import { paintFor } from "../report/terminal/paint.ts";
import type { Paint } from "../report/terminal/paint.ts";
import { hang } from "../report/terminal/wrap.ts";

const FENCE = /^```/u;

/** One of our own pages for a terminal: headings, paragraphs, lists and code, without the marks. */
export function renderPage(markdown: string, look: Look): string {
  const body = markdown.replace(/^---\n.*?\n---\n/su, "");
  const paint = paintFor(look);
  const blocks = blocksOf(body).map((block) => renderBlock(block, paint, look.width));
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Lines that belong together: a blank line ends a block, unless it is inside a fence. */
function blocksOf(body: string): string[][] {
  const blocks: string[][] = [[]];
  let isCode = false;
  for (const line of body.split("\n")) {
    if (FENCE.test(line)) isCode = !isCode;
    if (line === "" && !isCode) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

function renderBlock(block: readonly string[], paint: Paint, width: number): string[] {
  const [first = ""] = block;
  if (FENCE.test(first)) {
    return block.filter((line) => !FENCE.test(line)).map((line) => `    ${line}`.trimEnd());
  }
  // A table is laid out in its source already.
  if (first.startsWith("|")) return block.map((line) => `  ${line}`);
  const [, marks, heading = ""] = /^(#+) (.*)$/u.exec(first) ?? [];
  if (marks !== undefined) return hang("", paint.bold(plain(heading)), { indent: 0, width });
  return itemsOf(block).flatMap(({ lead, text }) => hang(lead, plain(text), { indent: 2, width }));
}

/** A paragraph, or the items of a list, each as one line. */
function itemsOf(block: readonly string[]): { lead: string; text: string }[] {
  const items: { lead: string; text: string }[] = [];
  for (const line of block) {
    const [, lead, text = ""] = /^((?:-|\d+\.) )(.*)$/u.exec(line) ?? [];
    const last = items.at(-1);
    if (lead !== undefined) items.push({ lead, text });
    else if (last === undefined) items.push({ lead: "", text: line });
    else last.text += ` ${line.trim()}`;
  }
  return items;
}

/** Without the marks of emphasis and links; `code` keeps its quotes. */
function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/u)
    .map((part) => (part.startsWith("`") ? part : withoutMarks(part)))
    .join("");
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replaceAll(/\*\*([^*]+)\*\*/gu, "$1")
    .replaceAll(/(?<![\w])_([^_]+)_(?![\w])/gu, "$1");
}
