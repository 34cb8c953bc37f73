import { chmod, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { RUBRIC } from "../../src/assignment/rubric.ts";

const SOLUTIONS = fileURLToPath(new URL("../../../solutions/", import.meta.url));

/** Variants whose marks are beyond doubt, in many styles. */
const RIGHT = [
  "course",
  "one-expression",
  "closures-for-backward",
  "typed-vectors",
  "in-place-on-clones",
];
const WRONG = [
  "forward-no-scale/loops",
  "mask-shared-across-examples/before-the-example-loop",
  "backward-fresh-mask/dropout-class",
  "predict-applies-dropout/inline-mask",
];

export interface Member {
  id: string;
  /** The score that is beyond doubt. */
  score: number;
}

/** Writes a class of `size` into `home`. @returns its members, with the marks that they deserve */
export async function makeClass(home: string, size: number): Promise<Member[]> {
  const strange = await makeStrange(home);
  const plain = await Promise.all(
    Array.from({ length: size - strange.length }, async (_, i) => await makePlain(home, i)),
  );
  return [...strange, ...plain].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every third is wrong; a line of its own makes each a submission that has not been seen. */
async function makePlain(home: string, i: number): Promise<Member> {
  const id = `student-${`${i}`.padStart(4, "0")}`;
  const isWrong = i % 3 === 2;
  const variant = isWrong
    ? path.join("wrong", WRONG[i % WRONG.length] ?? "")
    : path.join("correct", RIGHT[i % RIGHT.length] ?? "");
  await cp(path.join(SOLUTIONS, variant), path.join(home, id), { recursive: true });
  const file = path.join(home, id, "src/dropout.ts");
  await writeFile(file, `${await readFile(file, "utf8")}\n// handed in by number ${i}\n`);
  return { id, score: isWrong ? await scoreOf(path.join(SOLUTIONS, variant)) : 100 };
}

/** What is left of 100 points without the checks that fail or are blocked. */
async function scoreOf(folder: string): Promise<number> {
  const expected = JSON.parse(await readFile(path.join(folder, "expected.json"), "utf8"));
  const lost = new Set<string>([...expected.failed, ...expected.blocked]);
  return RUBRIC.reduce((sum, { id, points }) => sum + (lost.has(id) ? 0 : points), 0);
}

/** One of everything that may lie in a folder of submissions. */
async function makeStrange(home: string): Promise<Member[]> {
  const write = async (id: string, text: string): Promise<Member> => {
    await mkdir(path.join(home, id, "src"), { recursive: true });
    await writeFile(path.join(home, id, "src/dropout.ts"), text);
    return { id, score: 0 };
  };
  const copy = async (id: string): Promise<Member> => {
    await cp(path.join(SOLUTIONS, "correct/course"), path.join(home, id), { recursive: true });
    return { id, score: 100 };
  };
  await mkdir(path.join(home, "no-file"), { recursive: true });
  await symlink(path.join(SOLUTIONS, "correct/course"), path.join(home, "link-to-a-folder"));
  await mkdir(path.join(home, "link-to-a-file/src"), { recursive: true });
  await symlink("/etc/hostname", path.join(home, "link-to-a-file/src/dropout.ts"));
  await mkdir(path.join(home, "device/src"), { recursive: true });
  await symlink("/dev/zero", path.join(home, "device/src/dropout.ts"));
  const unreadable = await write("unreadable", "export {};");
  await chmod(path.join(home, "unreadable/src/dropout.ts"), 0o000);
  const text = await readFile(path.join(SOLUTIONS, "correct/course/src/dropout.ts"), "utf8");
  return [
    ...["no-file", "link-to-a-folder", "link-to-a-file", "device"].map((id) => ({ id, score: 0 })),
    unreadable,
    await write("empty", ""),
    await write("binary", "\u0000\u0001\uFFFD".repeat(200)),
    await write("enormous", `// ${"x".repeat(1_000_000)}\n${text}`),
    await write("never-ends", `for (;;) {}\n${text}`),
    await write("hoards", `const all = []; for (;;) all.push(new Float64Array(1e5));\n${text}`),
    await write("exits", `process.exit(0);\n${text}`),
    await write("syntax-error", `${text}\n}}}`),
    await copy("copied-1"),
    await copy("copied-2"),
    await copy('=HYPERLINK("http:,,example.org")'),
    await copy("ünï-çødé 学生 👩‍🎓"),
    await copy("with 'quotes' and $(spaces)"),
    await copy("-rf"),
    await copy(`long-${"n".repeat(200)}`),
  ];
}
