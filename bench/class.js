// How `grade class` does with the size of a class: submissions a second, an unchanged class again,
// and peak memory. `node bench/class.js [sizes…]`, by default 100 1000; Linux only, for the memory.

import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CLI = path.join(ROOT, "grader/bin/grade.js");
const SAMPLE_MS = 100;

/** Every variant of every solution, right ones and wrong ones. */
async function variants() {
  const below = async (folder) =>
    (await readdir(path.join(ROOT, folder))).map((name) => path.join(folder, name));
  const wrong = await Promise.all((await below("solutions/wrong")).map(below));
  return [...(await below("solutions/correct")), ...wrong.flat()];
}

/** A class of distinct submissions. A line of its own makes each one that was never seen. */
async function makeClass(home, size) {
  const sources = await variants();
  for (let i = 0; i < size; i += 1) {
    const folder = path.join(home, `student-${String(i).padStart(5, "0")}`);
    await cp(path.join(ROOT, sources[i % sources.length], "src"), path.join(folder, "src"), {
      recursive: true,
    });
    const file = path.join(folder, "src/dropout.ts");
    await writeFile(file, `${await readFile(file, "utf8")}\n// number ${i}\n`);
  }
}

/** The most memory that a process has had, in MiB; 0 once it is gone. */
async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
}

async function childrenOf(pid) {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.trim().split(" ").filter(Boolean).map(Number);
}

/** Runs `grade …words`. @returns seconds, and the peaks of the process itself and of its lanes */
async function measure(words) {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk) => (complaints += String(chunk)));
  let [own, lane] = [0, 0];
  const sample = async () => {
    own = Math.max(own, await peakOf(child.pid));
    for (const pid of await childrenOf(child.pid)) lane = Math.max(lane, await peakOf(pid));
  };
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  clearInterval(timer);
  if (code !== 0) throw new Error(`grade ended with ${code}: ${complaints}`);
  return { seconds: (performance.now() - began) / 1000, own, lane };
}

const sizes = process.argv.slice(2).map(Number);
const scratch = await mkdtemp(path.join(tmpdir(), "bench-class-"));
console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log("  size   first run   a second   again   share   peak MiB: itself, one lane");
try {
  for (const size of sizes.length === 0 ? [100, 1000] : sizes) {
    const home = path.join(scratch, String(size));
    await mkdir(home);
    await makeClass(home, size);
    const words = ["class", home, "--seed", "bench", "--out", `${home}-grades`];
    const first = await measure(words);
    const again = await measure(words);
    const cells = [
      String(size).padStart(6),
      `${first.seconds.toFixed(1)} s`.padStart(11),
      (size / first.seconds).toFixed(1).padStart(10),
      `${again.seconds.toFixed(2)} s`.padStart(7),
      `${((100 * again.seconds) / first.seconds).toFixed(1)}%`.padStart(7),
      `${first.own.toFixed(0)}, ${first.lane.toFixed(0)}`.padStart(28),
    ];
    console.log(cells.join(" "));
    await rm(home, { recursive: true });
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
