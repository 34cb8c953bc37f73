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

/** Counts from now. */
export function startAllowance(): Allowance {
  const wallStart = performance.now();
  const cpuStart = process.cpuUsage();
  const cpu = (): number => {
    const { user, system } = process.cpuUsage(cpuStart);
    return (user + system) / 1000;
  };
  const wall = (): number => performance.now() - wallStart;
  return {
    taken: () => Math.min(wall(), cpu()),
    // The wall clock first: it is cheap, and asked at every interruption.
    isOver: (ms) => wall() >= ms && (cpu() >= ms || wall() >= ms * MOST),
  };
}
