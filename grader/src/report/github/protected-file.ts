/** A file that the student was given, compared with what was given. */
export interface ProtectedFile {
  /** Relative to the repository's root, with `/`. */
  path: string;
  state: "as given" | "changed" | "missing" | "unreadable";
  /** Of what is there now. */
  sha256?: string;
}
