import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { CLI } from "./paths.ts";
import { writeClass } from "./programs.ts";
import type { Row } from "./table.ts";

const SAMPLE_MS = 100;

/** (e) Time and peak memory as a class grows. Linux only, for the memory. */
export async function growth(home: string, sizes: readonly number[]): Promise<Row[]> {
  const rows: Row[] = [];
  let before: { each: number; peak: number } | undefined;
  for (const size of sizes) {
    const students = path.join(home, String(size));
    await writeClass(students, size);
    const out = `${students}-grades`;
    const { ms, own, all } = await measured(["class", students, "--seed", "bench", "--out", out]);
    const now = { each: ms / size, peak: all };
    const peak = `peak ${all.toFixed(0)} MiB, of that the command ${own.toFixed(0)}`;
    rows.push({ what: `(e) ${size} submissions, each; ${peak}`, ms: now.each });
    if (before !== undefined) {
      rows.push({ what: "    time for each", ms: now.each, to: before.each, of: "the last" });
      const share = (now.peak / before.peak).toFixed(2);
      rows.push({ what: `    memory: ${share} of the last size's`, ms: Number.NaN });
    }
    before = now;
    await rm(students, { recursive: true });
  }
  return rows;
}

interface Measured {
  ms: number;
  /** The command's own peak, and that of all its processes together, in MiB. */
  own: number;
  all: number;
}

/** Runs `grade …words` and looks at memory meanwhile. */
async function measured(words: string[]): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  let [own, all] = [0, 0];
  const sample = async (): Promise<void> => {
    own = Math.max(own, await peakOf(child.pid ?? 0));
    const lanes = await Promise.all((await childrenOf(child.pid ?? 0)).map(peakOf));
    all = Math.max(
      all,
      lanes.reduce((sum, peak) => sum + peak, own),
    );
  };
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  clearInterval(timer);
  if (code !== 0) throw new Error(`grade ended with ${String(code)}: ${complaints}`);
  return { ms: performance.now() - began, own, all };
}

/** The most memory that a process has had, in MiB; 0 once it is gone. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.trim().split(" ").filter(Boolean).map(Number);
}
