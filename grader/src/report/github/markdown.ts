import { visible } from "../escape.ts";
import { oneLine } from "../terminal/wrap.ts";

const PUNCTUATION = /[!-/:-@[-`{-~]/gu;
/**
 * What GitHub looks for in the finished page as well: a mention, a reference, a formula, an
 * address. Alone in an element of its own it is none of them.
 */
const LOOKED_FOR_LATER = /[@#$]/gu;

/** Text as text: whatever it holds, a reader sees its characters, on one line. */
export function literal(text: string): string {
  return visible(oneLine(text)).replace(PUNCTUATION, (character) => {
    const entity = `&#${character.charCodeAt(0)};`;
    return character.match(LOOKED_FOR_LATER) ? `<span>${entity}</span>` : entity;
  });
}

/** The same, with what stands between backticks set as code. */
export function prose(text: string): string {
  const parts = oneLine(text).split("`");
  const isPaired = parts.length % 2 === 1;
  const tail = isPaired ? "" : literal(`\`${parts.pop() ?? ""}`);
  const set = parts.map((part, i) => (i % 2 === 0 ? between(part) : code(part)));
  return `${set.join("")}${tail}`;
}

/** Text as code within a line. */
export function code(text: string): string {
  return text.trim() === "" ? literal(text) : `<code>${literal(text)}</code>`;
}

/** Lines as they are, in a block that they cannot end. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.map(visible);
  const longest = Math.max(2, ...text.flatMap((line) => line.match(/`+/gu) ?? []).map(lengthOf));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...text, fence].join("\n");
}

/** A link, where there is an address; `words` is Markdown already. */
export function link(words: string, url: string | undefined): string {
  if (url === undefined) return words;
  return `<a href="${url.replaceAll("&", "&amp;")}">${words}</a>`;
}

/** What is opened with a click; `title` and `body` are Markdown already. */
export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Rows of Markdown already, the first one the head. */
export function table(head: readonly string[], rows: readonly string[][]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Cut before it is escaped, so that no escape is cut. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** `literal`, with the blanks at its ends, which keep words and code apart. */
function between(part: string): string {
  const before = /^\s/u.test(part) ? " " : "";
  const after = /\s$/u.test(part) ? " " : "";
  const inner = literal(part);
  return inner === "" ? before : `${before}${inner}${after}`;
}

function lengthOf(text: string): number {
  return text.length;
}
