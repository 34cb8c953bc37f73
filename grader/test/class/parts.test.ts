import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymized, pseudonyms } from "../../src/class/anonymous.ts";
import { changeOf, differences } from "../../src/class/compare.ts";
import { readDownloadName } from "../../src/class/downloads.ts";
import { findStudents } from "../../src/class/find.ts";
import { buildDigest, keyOfGraded, keyOfRead } from "../../src/class/key.ts";
import { readRoster } from "../../src/class/roster.ts";
import { seedFor } from "../../src/class/seed.ts";
import { isInShard } from "../../src/class/shard.ts";
import { openStore, stem, writeAtomically } from "../../src/class/store.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Entry } from "../../src/report/document.ts";
import { readSubmission } from "../../src/source/read.ts";
import { folderWith } from "../cli/folder.ts";
import { checksWith, gradedWith, TWO_MISTAKES } from "../report/samples.ts";

describe("seedFor", () => {
  test("is HMAC-SHA256 of the id under the secret", () => {
    // printf %s alice | openssl dgst -sha256 -hmac "correct horse battery"
    expect(seedFor("correct horse battery", "alice")).toBe("e85ef7955b09d5c4638e3779885a81d8");
  });

  test("differs by id and by secret, not by the way an accent is written", () => {
    const seeds = [seedFor("s", "a"), seedFor("s", "b"), seedFor("t", "a")];
    expect(new Set(seeds).size).toBe(3);
    expect(seedFor("s", "Zoe\u0308")).toBe(seedFor("s", "Zo\u00EB"));
  });
});

test("every position belongs to exactly one part", () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 60 }), (position, count) => {
      const parts = Array.from({ length: count }, (_, i) => ({ index: i + 1, count }));
      expect(parts.filter((part) => isInShard(position, part))).toHaveLength(1);
    }),
  );
});

describe("names in downloads", () => {
  test.each([
    ["Jane Doe_1234567_assignsubmission_file_", true, { id: "1234567", name: "Jane Doe" }],
    ["Jane Doe_1234567_assignsubmission_file", true, { id: "1234567", name: "Jane Doe" }],
    [
      "Jane_Q Doe_12_assignsubmission_file_dropout.ts",
      false,
      { id: "12", name: "Jane_Q Doe", file: "dropout.ts" },
    ],
    ["doejane_1234_56789_dropout.ts", false, { id: "1234", name: "doejane", file: "dropout.ts" }],
    [
      "doejane_LATE_1234_56789_dropout-1.ts",
      false,
      { id: "1234", name: "doejane", file: "dropout.ts" },
    ],
    [
      "müller_1234_56789_my_own_file.ts",
      false,
      { id: "1234", name: "müller", file: "my_own_file.ts" },
    ],
    ["anon_x7Kq2_56789_dropout.ts", false, { id: "x7Kq2", name: "anon x7Kq2", file: "dropout.ts" }],
    ["dropout.ts", false, undefined],
    ["student_12_34", true, undefined],
    ["alice", true, undefined],
  ])("%s", (name, isFolder, expected) => {
    expect(readDownloadName(name, isFolder)).toEqual(expected);
  });
});

describe("rosters", () => {
  test("our own: id, name and path, other columns kept", () => {
    expect(readRoster("id,name,path,group\nada,Ada L.,repos/ada,7\nbob,,,\n")).toMatchObject([
      { id: "ada", name: "Ada L.", path: "repos/ada", columns: { group: "7" } },
      { id: "bob", name: "bob" },
    ]);
  });

  test("Canvas' gradebook, without the lines that are no students", () => {
    const text =
      "Student,ID,SIS User ID,SIS Login ID,Section,Dropout (1)\n" +
      '    Points Possible,,,,,100\n"Doe, Jane",12,s1,jdoe,A,\n"Student, Test",99,,x,A,\n';
    expect(readRoster(text)).toMatchObject([
      { id: "12", name: "Doe, Jane", keys: ["12", "s1", "jdoe"] },
    ]);
  });

  test("Moodle's worksheet, with semicolons and a byte order mark too", () => {
    const text =
      "\uFEFFIdentifier;Full name;Email address;Grade\nParticipant 77;Jane Doe;j@x.org;\n";
    expect(readRoster(text)).toMatchObject([
      { id: "77", name: "Jane Doe", keys: ["77", "j@x.org"] },
    ]);
  });

  test.each([
    ["name\nJane\n", "no column for an id"],
    ["id\na\na\n", 'the id "a" is there twice'],
    ['id\n"a\n', "Quote Not Closed"],
  ])("%j is refused", (text, why) => {
    expect(() => readRoster(text)).toThrow(why);
  });
});

describe("findStudents", () => {
  const find = async (home: string, more: object = {}): Promise<string[][]> => {
    const staging = path.join(home, "../staging");
    const { students, remarks } = await findStudents({ home, staging, ...more });
    return [
      ...students.map(({ id, path: where }) => [id, where ?? "-"]),
      ...remarks.map((text) => [text]),
    ];
  };

  test("every folder is a submission; files, hidden and tool folders are none", async () => {
    const home = await folderWith({
      "b/x": "",
      "a/x": "",
      "A/x": "",
      ".git/x": "",
      "node_modules/x": "",
      "notes.txt": "",
    });
    expect(await find(home)).toEqual([
      ["A", "A"],
      ["a", "a"],
      ["b", "b"],
    ]);
  });

  test("a folder of Moodle's: the file may lie at its top or one folder down", async () => {
    const home = await folderWith({
      "Jane_1_assignsubmission_file_/dropout.ts": "",
      "John_2_assignsubmission_file_/repo-main/src/dropout.ts": "",
      "None_3_assignsubmission_file_/essay.txt": "",
    });
    expect(await find(home)).toEqual([
      ["1", "Jane_1_assignsubmission_file_/dropout.ts"],
      ["2", "John_2_assignsubmission_file_/repo-main"],
      ["3", "None_3_assignsubmission_file_"],
    ]);
  });

  test("loose files are put apart, each student's under their own names", async () => {
    const root = await folderWith({
      "in/janedoe_1_10_dropout-1.ts": "jane",
      "in/janedoe_1_11_helpers.ts": "help",
      "in/johndoe_LATE_2_12_my answer.ts": "john",
      "in/pack_3_13_all.zip.zip": "",
      "in/solutions.zip": "",
    });
    const home = path.join(root, "in");
    const staging = path.join(root, "staging");
    const { students, remarks } = await findStudents({ home, staging });
    expect(students.map(({ id, shownAs }) => [id, shownAs])).toEqual([
      ["1", "janedoe_1_10_dropout-1.ts"],
      ["2", "johndoe_LATE_2_12_my answer.ts"],
      ["3", "pack_3_13_all.zip.zip"],
    ]);
    expect(remarks).toEqual([
      "solutions.zip is packed and was left out: unpack it into a folder of its own.",
    ]);
    expect((await readdir(path.join(staging, "1/src"))).toSorted()).toEqual([
      "dropout.ts",
      "helpers.ts",
    ]);
    expect(await readFile(path.resolve(home, students[1]?.path ?? ""), "utf8")).toBe("john");
  });

  test("a roster names who is missing and who is not on it, in its own order", async () => {
    const home = await folderWith({ "Zoe/x": "", "adam/x": "", "repos/eve/x": "", "guest/x": "" });
    const roster = readRoster(
      "id,path,email\nzoe,,\n9,,adam\neve,repos/eve,\nnobody,,\ngone,repos/gone,\n",
    );
    expect(await find(home, { roster })).toEqual([
      ["zoe", "Zoe"],
      ["9", "adam"],
      ["eve", "repos/eve"],
      ["nobody", "-"],
      ["gone", "-"],
      ["guest is not on the roster and was left out."],
      ["repos is not on the roster and was left out."],
    ]);
  });

  test("two downloads of one person are told apart", async () => {
    const home = await folderWith({
      "A_1_assignsubmission_file_/x": "",
      "B_1_assignsubmission_file_/x": "",
    });
    expect((await find(home)).map(([id]) => id)).toEqual(["1", "1#2"]);
  });
});

describe("keys", () => {
  const limits = limitsSchema.parse({});
  const points = Object.fromEntries(checksWith({}).map(({ id, points: worth }) => [id, worth]));
  const options = { limits, points } as Parameters<typeof keyOfRead>[1]["options"];
  const circumstances = { build: "b", options, seed: "s" };

  test("depend on every file that is reached, the build, the options and the seed", async () => {
    const home = await folderWith({
      "src/dropout.ts": 'import "./helper.js";',
      "src/helper.ts": "1;",
      "src/unused.ts": "1;",
      "README.md": "",
    });
    const key = async (change: object = {}): Promise<string> =>
      keyOfRead(await readSubmission(home, limits), { ...circumstances, ...change });
    const first = await key();
    await writeFile(path.join(home, "src/unused.ts"), "2;");
    expect(await key()).toBe(first);
    const others = [
      await key({ build: "c" }),
      await key({ seed: "t" }),
      await key({ options: { ...options, points: { ...points, "forward.mask": 16 } } }),
    ];
    await writeFile(path.join(home, "src/helper.ts"), "2;");
    others.push(await key());
    await writeFile(path.join(home, "src/dropout.ts"), "");
    others.push(await key());
    expect(new Set([first, ...others]).size).toBe(6);
  });

  test("are the same for what was read and what was graded", async () => {
    const home = await folderWith({
      "src/dropout.ts": 'import "./helper.js";',
      "src/helper.ts": "1;",
    });
    const read = await readSubmission(home, limits);
    const files = read.ok ? read.submission.files : [];
    expect(keyOfGraded({ report: gradedWith({}).report, files }, circumstances)).toBe(
      keyOfRead(read, circumstances),
    );
  });

  test("the build's digest is the same each time", async () => {
    expect(await buildDigest()).toBe(await buildDigest());
    expect(await buildDigest()).toMatch(/^[0-9a-f]{32}$/u);
  });
});

describe("the store", () => {
  const key = "0".repeat(32);

  test("keeps one result a student, under its key", async () => {
    const out = await folderWith({});
    const store = await openStore(out);
    await store.write("ann", key, { graded: TWO_MISTAKES });
    await store.write("ann", "1".repeat(32), { graded: TWO_MISTAKES });
    const again = await openStore(out);
    expect([
      again.has("ann", key),
      again.has("ann", "1".repeat(32)),
      again.has("Ann", "1".repeat(32)),
    ]).toEqual([false, true, false]);
    expect(await again.read("ann")).toEqual({ graded: TWO_MISTAKES });
    expect(await readdir(path.join(out, "results"))).toHaveLength(1);
  });

  test("a fault is kept, and never counts as a result", async () => {
    const out = await folderWith({});
    const store = await openStore(out);
    await store.write("ann", key, { fault: "it fell over" });
    expect(store.has("ann", key)).toBe(false);
    expect(await (await openStore(out)).read("ann")).toEqual({ fault: "it fell over" });
  });

  test("what is cut off or is no report is as good as not there, and drafts are removed", async () => {
    const out = await folderWith({});
    const store = await openStore(out);
    await store.write("ann", key, { graded: TWO_MISTAKES });
    await store.write("bob", key, { graded: TWO_MISTAKES });
    const [ann = "", bob = ""] = ["ann", "bob"].map((id) => store.fileOf(id));
    await writeFile(ann, (await readFile(ann, "utf8")).slice(0, 100));
    await writeFile(bob, '{"resultVersion":1,"id":"eve","graded":{}}');
    await writeFile(path.join(out, "results/.draft.tmp"), "");
    const again = await openStore(out);
    expect([await again.read("ann"), await again.read("bob")]).toEqual([undefined, undefined]);
    expect(await readdir(path.join(out, "results"))).toHaveLength(2);
  });

  test("any two ids have different files, also where upper and lower case are the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        expect(stem(a)).toMatch(/^[\w%.-]{1,100}$/u);
        fc.pre(a !== b);
        expect(stem(a).toLowerCase()).not.toBe(stem(b).toLowerCase());
      }),
    );
    expect(stem("../../etc/passwd")).not.toContain("/");
    expect(stem("n".repeat(5000)).length).toBeLessThan(100);
  });

  test("a write that fails leaves the old file and no draft", async () => {
    const out = await folderWith({ "a/b": "old" });
    await expect(writeAtomically(path.join(out, "a"), "new")).rejects.toThrow();
    expect(await readdir(out)).toEqual(["a"]);
  });
});

describe("pseudonyms", () => {
  test("are all different, always the same, and in another order than the ids", () => {
    const ids = Array.from({ length: 120 }, (_, i) => `student${`${i}`.padStart(3, "0")}`);
    const names = pseudonyms(ids, "salt");
    expect(new Set(names.values()).size).toBe(120);
    expect(pseudonyms(ids.toReversed(), "salt")).toEqual(
      new Map([...names].toSorted(([, a], [, b]) => (a < b ? -1 : 1))),
    );
    expect(
      ids.toSorted((a, b) => ((names.get(a) ?? "") < (names.get(b) ?? "") ? -1 : 1)),
    ).not.toEqual(ids);
    expect(pseudonyms(ids, "pepper")).not.toEqual(names);
  });

  test("leave nothing of the name outside of the code", () => {
    const graded = gradedWith({ submission: { path: "jane-doe", files: [] } });
    const entry: Entry = {
      id: "jane-doe",
      name: "Jane",
      columns: { Email: "jane@x.org" },
      outcome: { kind: "graded", graded },
    };
    expect(JSON.stringify(anonymized(entry, new Map([["jane-doe", "student-01"]])))).not.toMatch(
      /jane/iu,
    );
  });
});

describe("comparing", () => {
  const earlier = (
    result: Awaited<ReturnType<Parameters<typeof changeOf>[1]["read"]>>,
  ): Parameters<typeof changeOf>[1] => ({
    read: async () => result,
  });
  const now: Entry = {
    id: "ann",
    name: "Ann",
    columns: {},
    outcome: { kind: "graded", graded: TWO_MISTAKES },
  };

  test("the same mark is no change", async () => {
    expect(await changeOf(now, earlier({ graded: TWO_MISTAKES }), ["x"])).toBeUndefined();
  });

  test("another mark comes with the checks and the causes", async () => {
    const old = gradedWith({
      seed: "other",
      submission: { path: "ann", files: [{ path: "a", sha256: "0" }] },
    });
    expect(await changeOf(now, earlier({ graded: old }), ["the grader changed (1 → 2)"])).toEqual({
      id: "ann",
      before: "100",
      after: "60",
      checks: [
        "forward.scaled passed → failed",
        "backward.mask-reuse passed → failed",
        "backward.scaled passed → blocked",
      ],
      because: ["the files changed", "the grader changed (1 → 2)", "the seed changed"],
    });
  });

  test("new, gone and not gradable are said as such", async () => {
    expect(await changeOf(now, earlier(undefined), [])).toMatchObject({
      before: "not graded",
      after: "60",
    });
    expect(await changeOf(now, earlier({ fault: "x" }), [])).toMatchObject({
      before: "not gradable",
    });
    const gone: Entry = { ...now, outcome: { kind: "missing" } };
    expect(await changeOf(gone, earlier({ graded: TWO_MISTAKES }), [])).toMatchObject({
      before: "60",
      after: "not graded",
    });
  });

  test("runs as a whole", () => {
    const run = { grader: "1", build: "a", options: {} };
    expect(differences(run, run)).toEqual([]);
    expect(differences(run, { grader: "2", build: "b", options: { x: 1 } })).toEqual([
      "the grader changed (1 → 2)",
      "the configuration changed",
    ]);
    expect(differences(undefined, run)).toEqual(["nothing is known of the earlier run"]);
  });
});

test("a symbolic link to a folder is listed, and not followed", async () => {
  const root = await folderWith({ "elsewhere/src/dropout.ts": "export {};" });
  const home = path.join(root, "in");
  await mkdir(home);
  await symlink(path.join(root, "elsewhere"), path.join(home, "eve"));
  const { students } = await findStudents({ home, staging: path.join(root, "staging") });
  expect(students).toMatchObject([{ id: "eve", path: "eve" }]);
  expect(await readSubmission(path.join(home, "eve"), limitsSchema.parse({}))).toMatchObject({
    ok: false,
  });
});
