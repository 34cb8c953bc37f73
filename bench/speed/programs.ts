import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "./paths.ts";

/** Every right program, and every wrong one. */
async function variants(): Promise<string[]> {
  const below = async (folder: string): Promise<string[]> =>
    (await readdir(path.join(ROOT, folder))).map((name) => path.join(folder, name));
  const wrong = await Promise.all((await below("solutions/wrong")).map(below));
  return [...(await below("solutions/correct")), ...wrong.flat()];
}

/**
 * Writes `size` distinct submissions into `home`, each with the starter's tests beside it. A line
 * of its own makes each one that was never seen. @returns their folders
 */
export async function writeClass(home: string, size: number): Promise<string[]> {
  const sources = await variants();
  const folders: string[] = [];
  for (let i = 0; i < size; i += 1) {
    const folder = path.join(home, `student-${String(i).padStart(5, "0")}`);
    const source = sources[Math.floor((i * sources.length) / size) % sources.length] ?? "";
    await writeSubmission(path.join(ROOT, source), folder, `// number ${i}`);
    folders.push(folder);
  }
  return folders;
}

/** A copy of a submission that vitest can run: `node_modules` is looked for above the folder. */
export async function writeSubmission(from: string, to: string, line = ""): Promise<void> {
  await cp(path.join(from, "src"), path.join(to, "src"), { recursive: true });
  await cp(path.join(ROOT, "starter/test"), path.join(to, "test"), { recursive: true });
  const file = path.join(to, "src/dropout.ts");
  await writeFile(file, `${await readFile(file, "utf8")}\n${line}\n`);
}

/** Makes the packages of this repository those of `folder` as well. */
export async function linkPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }\n');
}
