import path from "node:path";
import { CLI, ROOT, VITEST } from "./paths.ts";
import { linkPackages, writeClass } from "./programs.ts";
import { median, runNode, timed } from "./run.ts";
import type { Row } from "./table.ts";

const FLOOR = path.join(ROOT, "bench/speed/floor.ts");

export interface ClassPlan {
  size: number;
  /** How many are run by vitest one at a time; the others would take as long. */
  sample: number;
}

/** (c) and (d): a class of distinct submissions, and the same again. */
export async function wholeClass(home: string, { size, sample }: ClassPlan): Promise<Row[]> {
  const students = path.join(home, "students");
  await linkPackages(home);
  const folders = await writeClass(students, size);
  const words = [CLI, "class", students, "--seed", "bench", "--out", path.join(home, "grades")];
  const first = await timed(words, { cwd: home, code: 0 });
  const again = await timed(words, { cwd: home, code: 0 });
  const one = await eachAlone(folders, sample);
  const all = await runNode([VITEST, "run", "--root", students], { cwd: students });
  const floor = await timed(["--import", "tsx", FLOOR, ...folders], { cwd: ROOT, code: 0 });
  const each = first / size;
  return [
    { what: `(c) grade class, ${size} distinct submissions`, ms: first },
    { what: "    of that, each", ms: each },
    { what: `    vitest run for each (${sample} of them), each`, ms: one },
    { what: "    rate beside that", ms: one, to: each, of: "at least", target: -60 },
    { what: "    one vitest run over all", ms: all.ms },
    { what: "    rate beside that", ms: all.ms, to: first, of: "at least", target: -5 },
    { what: "    the floor over all", ms: floor },
    { what: "    grade class beside the floor", ms: first, to: floor, of: "the floor", target: 20 },
    { what: "(d) the same class again", ms: again, to: first, of: "(c)", target: 0.02 },
  ];
}

/** Milliseconds for each. Right and wrong ones: the exit code says which. */
async function eachAlone(folders: readonly string[], sample: number): Promise<number> {
  const step = Math.max(1, Math.floor(folders.length / sample));
  const taken: number[] = [];
  for (let i = 0; i < folders.length && taken.length < sample; i += step) {
    const folder = folders[i] ?? "";
    taken.push((await runNode([VITEST, "run", "--root", folder], { cwd: folder })).ms);
  }
  return median(taken);
}
