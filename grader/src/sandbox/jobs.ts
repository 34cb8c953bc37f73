import type { Instance } from "./instance.ts";

const MAX_JOBS = 10_000;
const CHUNK = 100;

/** Runs what promises have left to do, as far as its number and the deadline allow. */
export function runJobs(instance: Instance): void {
  for (let done = 0; done < MAX_JOBS && !instance.isOver(); done += CHUNK) {
    if (!instance.runtime.hasPendingJob()) return;
    const result = instance.runtime.executePendingJobs(CHUNK);
    if (result.error) result.error.dispose();
  }
}
