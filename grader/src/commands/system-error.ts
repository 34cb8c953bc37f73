const WORDS: Record<string, string> = {
  EACCES: "reading or writing it is not permitted",
  EISDIR: "it is a folder, and a file is needed",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file, not a folder",
  EPERM: "reading or writing it is not permitted",
  EROFS: "it is on a disk that cannot be written to",
};

/** What the operating system refused, in words; its own message where we have none. */
export function systemWords(error: unknown): string {
  const code = codeOf(error);
  return WORDS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** `ENOENT` and the like; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
