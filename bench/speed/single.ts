import path from "node:path";
import { CLI, RIGHT, ROOT, VITEST, WRONG } from "./paths.ts";
import { linkPackages, writeSubmission } from "./programs.ts";
import { inTurn, timed } from "./run.ts";
import type { Row } from "./table.ts";

const FLOOR = path.join(ROOT, "bench/speed/floor.ts");
const FULL_MARKS = 0;
const LESS = 1;

/** (a) One submission, in a process that starts for it. */
export async function single(home: string, repetitions: number): Promise<Row[]> {
  await linkPackages(home);
  const folder = path.join(home, "alice");
  await writeSubmission(RIGHT, folder);
  const again = { cwd: folder, code: FULL_MARKS };
  const ms = await inTurn(repetitions, {
    grade: () => timed([CLI, folder], again),
    wrong: () => timed([CLI, WRONG], { ...again, code: LESS }),
    vitest: () => timed([VITEST, "run", "--root", folder], again),
    floor: () => timed(["--import", "tsx", FLOOR, folder], { ...again, cwd: ROOT }),
  });
  return [
    { what: "(a) grade, one right submission, cold", ms: ms.grade },
    { what: "    grade, one wrong submission", ms: ms.wrong, to: ms.grade, of: "a right one" },
    { what: "    vitest run of the rubric suite", ms: ms.vitest },
    { what: "    grade beside vitest run", to: ms.vitest, ms: ms.grade, of: "vitest", target: 0.5 },
    { what: "    the floor: no sandbox, no reasons", ms: ms.floor },
    { what: "    grade beside the floor", ms: ms.grade, to: ms.floor, of: "the floor" },
  ];
}
