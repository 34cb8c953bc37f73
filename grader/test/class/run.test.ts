import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { gradeStudents } from "../../src/class/run.ts";
import type { ClassRun, Plan } from "../../src/class/run.ts";
import { openStore } from "../../src/class/store.ts";
import type { Student } from "../../src/class/student.ts";
import { settle } from "../../src/commands/settings.ts";
import { configSchema } from "../../src/model/config.ts";
import type { Graded } from "../../src/model/grader.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import { readSubmission } from "../../src/source/read.ts";
import { folderWith } from "../cli/folder.ts";
import { gradedWith, UNGRADABLE, UNSCALED } from "../report/samples.ts";

/** What the lanes answer for a submission, one after the other; the last for ever. */
const answers = new Map<string, (Graded | Error)[]>();
const asked: string[] = [];
let open = 0;

vi.mock("../../src/class/lane.ts", () => ({
  openLane: () => {
    open += 1;
    let isOpen = true;
    return {
      grade: async (where: string) => {
        const id = path.basename(where);
        asked.push(id);
        const [next, ...rest] = answers.get(id) ?? [];
        if (rest.length > 0) answers.set(id, rest);
        if (next === undefined || next instanceof Error) throw next ?? new Error("no answer");
        const read = await readSubmission(where, limitsSchema.parse({}));
        return { ...next, files: read.ok ? read.submission.files : [] };
      },
      close: () => {
        if (isOpen) open -= 1;
        isOpen = false;
      },
    };
  },
}));

const FULL = gradedWith({});
const OUT_OF_TIME = gradedWith({ score: 0, findings: [{ ...UNSCALED, id: "timed-out" }] });

beforeEach(() => {
  answers.clear();
  asked.length = 0;
  open = 0;
});

async function grade(ids: readonly string[], change: Partial<ClassRun> = {}) {
  const home = await folderWith(
    Object.fromEntries(ids.map((id) => [`${id}/src/dropout.ts`, `export const id = "${id}";`])),
  );
  const store = await openStore(await folderWith({}));
  const plans: Plan[] = [];
  const { grader: options } = settle({}, configSchema.parse({}), () => "seed");
  const run: ClassRun = {
    home,
    store,
    build: "build",
    options,
    seedOf: () => "seed",
    jobs: 3,
    fresh: false,
    signal: new AbortController().signal,
    onPlan: (plan) => plans.push(plan),
    onResult: () => undefined,
    ...change,
  };
  const students = ids.map((id): Student => ({ id, name: id, path: id, columns: {} }));
  await gradeStudents(students, run);
  return { store, plans, again: async () => await gradeStudents(students, run) };
}

async function scoreOf(
  store: { read(id: string): Promise<unknown> },
  id: string,
): Promise<unknown> {
  const result = await store.read(id);
  return typeof result === "object" && result !== null && "graded" in result
    ? (result.graded as Graded).report.score
    : result;
}

test("who ran out of time is graded once more, after all others, and that verdict stands", async () => {
  answers.set("a", [OUT_OF_TIME, FULL]);
  answers.set("b", [FULL]);
  answers.set("c", [OUT_OF_TIME, OUT_OF_TIME, FULL]);
  answers.set("d", [FULL]);
  const { store } = await grade(["a", "b", "c", "d"]);
  expect(asked).toHaveLength(6);
  expect(asked.slice(4)).toEqual(["a", "c"]);
  expect([await scoreOf(store, "a"), await scoreOf(store, "c")]).toEqual([100, 0]);
  expect(open).toBe(0);
});

test("a grader that fails is asked again, and then there is no mark but a reason", async () => {
  answers.set("a", [new Error("fell over"), FULL]);
  answers.set("b", [new Error("fell over")]);
  answers.set("c", [UNGRADABLE]);
  const { store, again, plans } = await grade(["a", "b", "c"]);
  expect(await scoreOf(store, "a")).toBe(100);
  expect(await store.read("b")).toEqual({ fault: "fell over" });
  expect(await store.read("c")).toEqual({ fault: "the grader failed in predict.labels" });
  answers.set("b", [FULL]);
  asked.length = 0;
  await again();
  expect(plans.map(({ toGrade, kept }) => [toGrade, kept])).toEqual([
    [3, 0],
    [2, 1],
  ]);
  expect(asked.toSorted()).toEqual(["b", "c"]);
  expect(await scoreOf(store, "b")).toBe(100);
});

test("once it is interrupted nothing new is begun, and what is done is kept", async () => {
  const interruption = new AbortController();
  for (const id of ["a", "b", "c", "d"]) answers.set(id, [FULL]);
  const { store } = await grade(["a", "b", "c", "d"], {
    jobs: 1,
    signal: interruption.signal,
    onResult: ({ id }) => {
      if (id === "b") interruption.abort();
    },
  });
  expect(asked).toEqual(["a", "b"]);
  expect(await scoreOf(store, "b")).toBe(100);
  expect(await store.read("c")).toBeUndefined();
  expect(open).toBe(0);
});

test("--fresh grades again what has not changed", async () => {
  answers.set("a", [FULL]);
  const { again } = await grade(["a"], { fresh: true });
  await again();
  expect(asked).toEqual(["a", "a"]);
});
