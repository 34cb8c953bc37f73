/**
 * How fast the grader is, beside what people would use instead, in one run on the same machine.
 * `npm run bench -- --repeat 5 --size 200 --sample 10 --grow 100,1000 --only a,b,c,e,f,stages`
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { action } from "./action.ts";
import { wholeClass } from "./class.ts";
import { growth } from "./growth.ts";
import { machine } from "./machine.ts";
import { single } from "./single.ts";
import { stages } from "./stages.ts";
import { HEAD, line } from "./table.ts";
import type { Row } from "./table.ts";
import { watching } from "./watch.ts";

const { values: options } = parseArgs({
  options: {
    /** Repetitions, of which the table shows the median. */
    repeat: { type: "string", default: "5" },
    /** Submissions in the class of (c) and (d). */
    size: { type: "string", default: "200" },
    /** How many of them vitest runs one by one. */
    sample: { type: "string", default: "10" },
    /** The class sizes of (e). */
    grow: { type: "string", default: "100,1000" },
    /** Which parts; (d) comes with (c). */
    only: { type: "string", default: "a,b,c,e,f,stages" },
  },
});
const repeat = Number(options.repeat);
const plan = { size: Number(options.size), sample: Number(options.sample) };
const sizes = options.grow.split(",").map(Number);

const PARTS: Record<string, (home: string) => Promise<Row[]>> = {
  a: (home) => single(home, repeat),
  b: (home) => watching(home, repeat),
  c: (home) => wholeClass(home, plan),
  e: (home) => growth(home, sizes),
  f: (home) => action(home, repeat),
  stages: () => stages(repeat),
};

const scratch = await mkdtemp(path.join(tmpdir(), "dropout-speed-"));
try {
  console.log(`${machine()}\n\n${HEAD}`);
  for (const name of options.only.split(",")) {
    const rows = (await PARTS[name]?.(path.join(scratch, name))) ?? [];
    for (const row of rows) console.log(line(row));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
