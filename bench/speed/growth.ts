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
    const { ms, own, lane } = await measured(["class", students, "--seed", "bench", "--out", out]);
    const now = { each: ms / size, peak: own + lane };
    const peak = `peak ${own.toFixed(0)} MiB, a lane ${lane.toFixed(0)} MiB`;
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

/** Runs `grade …words` and looks at memory meanwhile: its own peak, and the largest lane's. */
async function measured(words: string[]): Promise<{ ms: number; own: number; lane: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  let [own, lane] = [0, 0];
  const sample = async (): Promise<void> => {
    own = Math.max(own, await peakOf(child.pid ?? 0));
    for (const pid of await childrenOf(child.pid ?? 0)) lane = Math.max(lane, await peakOf(pid));
  };
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  clearInterval(timer);
  if (code !== 0) throw new Error(`grade ended with ${String(code)}: ${complaints}`);
  return { ms: performance.now() - began, own, lane };
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
