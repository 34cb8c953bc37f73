/** One thing that running strangers' code on this machine relies on. */
export interface ProbeResult {
  name: string;
  ok: boolean;
  /** What came of it, and what should have. */
  detail: string;
}
