/**
 * Time that something may take on a machine that is busy with something else as well: load must
 * not cost a mark. Node has no clock for a single thread's processor time, so the process's own
 * stands in for it: never less than the thread's, and by then the thread has had its share.
 */

/** However busy the machine is, a wait ends after so many times what was allowed. */
const MOST = 5;

/** Milliseconds. */
export interface Allowance {
  /** What has been taken: the wall clock's time, or the processor's where that is less. */
  taken(): number;
  /** True once `ms` have been taken. */
  isOver(ms: number): boolean;
}

/** Asking for the processor's time is slow where calls into the system are, and calls are many. */
const SAMPLE_MS = 20;

let sampled = { at: -Infinity, cpu: process.cpuUsage() };

/** The processor's time, of now or of up to `SAMPLE_MS` ago: an allowance may be off by so much. */
function recentCpu(now: number): NodeJS.CpuUsage {
  if (now - sampled.at > SAMPLE_MS) sampled = { at: now, cpu: process.cpuUsage() };
  return sampled.cpu;
}

/** Counts from now. */
export function startAllowance(): Allowance {
  const wallStart = performance.now();
  const cpuStart = recentCpu(wallStart);
  const cpu = (): number => {
    const { user, system } = recentCpu(performance.now());
    return (user - cpuStart.user + system - cpuStart.system) / 1000;
  };
  const wall = (): number => performance.now() - wallStart;
  return {
    taken: () => Math.min(wall(), cpu()),
    // The wall clock first: it is cheap, and asked at every interruption.
    isOver: (ms) => wall() >= ms && (cpu() >= ms || wall() >= ms * MOST),
  };
}
