/** One person or group on the list of a class. */
export interface Student {
  /** Unique in the class; what seeds and results go by. */
  id: string;
  name: string;
  /** What is graded, relative to the class's folder; nothing where nothing was handed in. */
  path?: string;
  /** What reports call it, where `path` is our own copy. */
  shownAs?: string;
  /** What else the roster says, by the heading of its column. */
  columns: Readonly<Record<string, string>>;
}

/** The list of a class, in order, with what did not fit on it. */
export interface ClassList {
  students: Student[];
  /** Worth a line to the instructor: files that are no submission, folders that nobody owns. */
  remarks: string[];
}
