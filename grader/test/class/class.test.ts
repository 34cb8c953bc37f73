import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyBuild } from "./built.ts";
import type { Built } from "./built.ts";
import { makeClass } from "./make-class.ts";
import type { Member } from "./make-class.ts";

/** `CLASS_SIZE=1000` for a long run. Marks, shards and kills are the same, and there are more. */
const SIZE = Number(process.env["CLASS_SIZE"] ?? 60);
/** Grading 60 takes a while on a slow machine. */
const LONG = Math.max(600_000, SIZE * 10_000);
/** Who is in the class that is killed: ten, or everybody whose folder has a plain name. */
const KILLED = SIZE > 60 ? "student-*" : "student-000*";
const SEED = ["--seed", "a class"];

let built: Built;
let home: string;
let whole: string;
let members: Member[];

/** Every file below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Byte for byte, file by file. */
async function expectSame(folder: string, other: string): Promise<void> {
  const names = await filesIn(folder);
  expect(names).toEqual(await filesIn(other));
  for (const name of names) {
    const [text, same] = await Promise.all(
      [folder, other].map((one) => readFile(path.join(one, name), "utf8")),
    );
    // A report is one line; its parts make the difference readable.
    expect(text?.split(","), name).toEqual(same?.split(","));
  }
}

async function marksIn(out: string): Promise<Map<string, string>> {
  const rows: Record<string, string>[] = parse(await readFile(path.join(out, "grades.csv")), {
    bom: true,
    columns: true,
  });
  // A spreadsheet's apostrophe is no part of the name.
  return new Map(rows.slice(1).map(({ id = "", score = "" }) => [id.replace(/^'/u, ""), score]));
}

async function resultsIn(out: string): Promise<number> {
  const folder = path.join(out, "results");
  return existsSync(folder)
    ? (await readdir(folder)).filter((name) => name.endsWith(".json")).length
    : 0;
}

/** Waits until so many results are there. */
async function until(out: string, count: number): Promise<void> {
  while ((await resultsIn(out)) < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

beforeAll(async () => {
  built = await copyBuild();
  home = path.join(built.folder, "submissions");
  whole = path.join(built.folder, "whole");
  await mkdir(home);
  members = await makeClass(home, SIZE);
}, LONG);

afterAll(async () => await built.remove());

describe("grade class", { timeout: LONG }, () => {
  test("gives every one of a class the mark that is beyond doubt, and ends with exit code 0", async () => {
    const { code, stdout, stderr } = await built.grade([
      "class",
      home,
      "--out",
      whole,
      ...SEED,
      "--write",
      "junit,canvas",
    ]);
    expect(Object.fromEntries(await marksIn(whole))).toEqual(
      Object.fromEntries(members.map(({ id, score }) => [id, `${score}`])),
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`${SIZE} students: ${SIZE} graded\n`);
    expect(stderr).toContain(`grade: ${SIZE} to grade, 0 unchanged`);
  });

  test("grades nothing again where nothing changed", async () => {
    const before = path.join(built.folder, "before-again");
    await cp(whole, before, { recursive: true });
    const { code, stderr } = await built.grade([
      "class",
      home,
      "--out",
      whole,
      ...SEED,
      "--write",
      "junit,canvas",
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `grade: 0 to grade, ${SIZE} unchanged since an earlier run\n`,
    });
    await expectSame(whole, before);
  });

  test("in shards, merged: byte for byte what one machine wrote", async () => {
    const parts = ["part-1", "part-2"].map((name) => path.join(built.folder, name));
    for (const [i, out] of parts.entries()) {
      const { code } = await built.grade([
        "class",
        home,
        "--out",
        out,
        ...SEED,
        "--shard",
        `${i + 1}/2`,
      ]);
      expect(code).toBe(0);
      expect(await resultsIn(out)).toBe(SIZE / 2);
    }
    const merged = path.join(built.folder, "merged");
    const missing = await built.grade(["merge", parts[0] ?? "", "--out", merged]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("these parts are missing: 2/2");
    const { code } = await built.grade([
      "merge",
      ...parts,
      "--out",
      merged,
      "--write",
      "junit,canvas",
    ]);
    expect(code).toBe(0);
    await expectSame(merged, whole);
  });

  test("killed again and again, it goes on: the same as one run", async () => {
    const out = path.join(built.folder, "killed");
    // The list is shorter than the class, which is graded once already.
    const words = ["class", home, "--out", out, ...SEED, "--pick", KILLED, "--jobs", "2"];
    const size = members.filter(({ id }) => id.startsWith(KILLED.replace("*", ""))).length;
    for (const share of [0.1, 0.4, 0.6]) {
      const count = Math.round(size * share);
      const { signal } = await built.grade(words, {
        meanwhile: (child) => void until(out, count).then(() => child.kill("SIGKILL")),
      });
      expect(signal).toBe("SIGKILL");
    }
    await writeFile(path.join(out, "results/.cut-off.tmp"), "{");
    const { code, stderr } = await built.grade(words);
    expect(code).toBe(0);
    expect(stderr).not.toContain(", 0 unchanged");
    const names = await filesIn(path.join(out, "results"));
    expect(names).toHaveLength(size);
    const uninterrupted = path.join(built.folder, "uninterrupted");
    await mkdir(uninterrupted);
    for (const name of names)
      await cp(path.join(whole, "results", name), path.join(uninterrupted, name));
    await expectSame(path.join(out, "results"), uninterrupted);
  });

  test("Ctrl-C ends with 130, says how to go on, and loses nothing", async () => {
    const out = path.join(built.folder, "interrupted");
    const words = ["class", home, "--out", out, ...SEED, "--pick", "student-001*"];
    const { code, stderr } = await built.grade(words, {
      meanwhile: (child) => void until(out, 2).then(() => child.kill("SIGINT")),
    });
    expect(code).toBe(130);
    expect(stderr).toContain(
      `the same call goes on:\n  grade class ${home} --out ${out} --seed 'a class'`,
    );
    const kept = await resultsIn(out);
    expect(kept).toBeGreaterThanOrEqual(2);
    expect(kept).toBeLessThan(10);
    const again = await built.grade(words);
    expect(again.stderr).toContain(`grade: ${10 - kept} to grade, ${kept} unchanged`);
    expect(again.code).toBe(0);
  });

  test("a secret gives each student a seed, which --seed-for tells and nothing else does", async () => {
    const secret = "not to be guessed by anybody";
    const env = { GRADE_SECRET: secret };
    const out = path.join(built.folder, "secret");
    const words = ["class", home, "--out", out, "--pick", "copied-*", "--write", "json,ndjson"];
    const { stdout, stderr } = await built.grade(words, { env });
    for (const name of await filesIn(out))
      expect(await readFile(path.join(out, name), "utf8")).not.toContain(secret);
    expect(stdout + stderr).not.toContain(secret);
    const seeds = (await readFile(path.join(out, "reports.ndjson"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).seed);
    expect(new Set(seeds).size).toBe(2);
    const told = await built.grade(["--seed-for", "copied-1"], { env });
    expect(told.stdout.split("\n")[0]).toBe(seeds[0]);
    const one = await built.grade([
      path.join(home, "copied-1"),
      "--seed",
      seeds[0],
      "--format",
      "json",
    ]);
    const kept = JSON.parse(
      await readFile(
        path.join(out, "json", (await readdir(path.join(out, "json"))).toSorted()[0] ?? ""),
        "utf8",
      ),
    );
    expect(JSON.parse(one.stdout)).toEqual({
      ...kept,
      submission: { ...kept.submission, path: path.join(home, "copied-1") },
    });
  });

  test("--compare names whose marks changed, and why", async () => {
    const own = path.join(built.folder, "changing");
    for (const id of ["alice", "bob"])
      await cp(path.join(home, "copied-1"), path.join(own, id), { recursive: true });
    const [before, after] = [path.join(built.folder, "before"), path.join(built.folder, "after")];
    await built.grade(["class", own, "--out", before, ...SEED]);
    await writeFile(path.join(own, "bob/src/dropout.ts"), "");
    const config = path.join(built.folder, "course.json");
    await writeFile(config, JSON.stringify({ points: { "predict.labels": 6 } }));
    const { stdout } = await built.grade([
      "class",
      own,
      "--out",
      after,
      ...SEED,
      "--config",
      config,
      "--compare",
      before,
    ]);
    expect(stdout).toContain("2 marks changed");
    expect(stdout).toContain(
      "alice: 100 → 101\n    since the configuration changed\n    predict.labels 5 → 6 points",
    );
    expect(stdout).toContain(
      "bob: 100 → 0\n    since the files changed; the configuration changed",
    );
  });

  test("a process that dies under a submission costs nobody a mark", async () => {
    const out = path.join(built.folder, "crash");
    const words = ["class", home, "--out", out, ...SEED, "--pick", "student-002*", "--jobs", "1"];
    const { code } = await built.grade(words, {
      meanwhile: (child) => void until(out, 2).then(async () => await killChildOf(child.pid)),
    });
    expect(code).toBe(0);
    expect([...(await marksIn(out)).values()]).not.toContain("");
  });
});

/** Ends the process that a process has started, as the system does when memory runs out. */
async function killChildOf(pid: number | undefined): Promise<void> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  for (const child of children.trim().split(" ")) process.kill(Number(child), "SIGKILL");
}
