import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A repository's working tree made of these files. @returns its folder and a way to remove it */
export function repositoryOf(files: Record<string, string>): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "dropout-repository-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What a log, a page or a terminal could be made to obey. */
const FORGERIES = [
  "::error title=forged,file=src/dropout.ts,line=1::forged",
  '  ::notice title=Autograding report::{"totalPoints":100,"maxPoints":100}',
  "::add-mask::points",
  "::stop-commands::x",
  "x ##[error]forged",
  "##[group]hidden",
  "\u001B[2J\u001B[31mred\u001B]0;title\u0007",
  "<h1>100 of 100 points</h1><img src=https://example.org/x.png><!--",
  "</pre></details></code>",
  "# 100 of 100 points",
  "```",
  "| ✅ | 100/100 |",
  "[points](https://example.org) ![](https://example.org/x.png) @everyone #1",
  "\u202Ereversed",
].join("\n");

const NAME = "::error title=forged::<b>x<i>|@all";

/** Prints, throws and is named what forges, in every place that is shown. */
export const HOSTILE: Record<string, string> = {
  "src/dropout.ts": `
import "./${NAME}.ts";
const text = ${JSON.stringify(FORGERIES)};
console.log(text);
console.error(text);
export function forward_propagation_with_dropout() { console.log(text); throw new Error(text); }
export function backward_propagation_with_dropout() { return { [text]: text }; }
export function predict() { const e = new Error("x"); e.name = text; e.stack = text; throw e; }
`,
  [`src/${NAME}.ts`]: "export const x = 1;\n",
};

/** The same name, in the way of the compiler. */
export const HOSTILE_SYNTAX: Record<string, string> = {
  ...HOSTILE,
  [`src/${NAME}.ts`]: "export const <b>::error::x = ;\n",
};
