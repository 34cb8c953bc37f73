import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CLI, RIGHT } from "./paths.ts";
import { writeSubmission } from "./programs.ts";
import { median } from "./run.ts";
import type { Row } from "./table.ts";

const TARGET_MS = 150;
const PATIENCE_MS = 60_000;
/** Between a verdict and the next save, as a person would leave. */
const THOUGHT_MS = 300;
/** What `--watch` prints after each verdict. */
const VERDICT = "Ctrl+C ends it.";

/** (b) From a save to the verdict under `grade --watch`. */
export async function watching(home: string, repetitions: number): Promise<Row[]> {
  const folder = path.join(home, "watched");
  await writeSubmission(RIGHT, folder);
  const file = path.join(folder, "src/dropout.ts");
  const text = await readFile(file, "utf8");
  const child = spawn(process.execPath, [CLI, "--watch", folder], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    await verdict(child.stdout);
    const taken: number[] = [];
    for (let i = 0; i < repetitions * 3; i += 1) {
      await pause(THOUGHT_MS);
      const began = performance.now();
      const shown = verdict(child.stdout);
      await writeFile(file, `${text}\n// save ${i}\n`);
      await shown;
      taken.push(performance.now() - began);
    }
    const what = "(b) one save under grade --watch";
    return [{ what, ms: median(taken), to: TARGET_MS, of: "150 ms", target: 1 }];
  } finally {
    child.kill("SIGKILL");
  }
}

/** @throws where none comes */
async function verdict(stdout: NodeJS.ReadableStream): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let said = "";
  while (!said.includes(VERDICT)) {
    const [chunk] = (await once(stdout, "data", { signal })) as [Buffer];
    said += chunk.toString();
  }
}
