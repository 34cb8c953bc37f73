/** What keeps a program, or one of its functions, from running: not misconceptions, but findings all the same. */

import type { SourceProblem } from "../model/program.ts";
import type { ReadProblem } from "../model/submission.ts";

export interface ProblemWords {
  /** The page of `docs/misconceptions/` about it. */
  page: string;
  title: string;
  why: string;
  next: string;
}

type ProblemId = SourceProblem["id"] | ReadProblem["id"];

const UNREADABLE = {
  page: "submission-unreadable",
  why: "The program is read as it is, from inside of the submission and from nowhere else. Until it can be read, nothing can be measured.",
};

export const PROBLEMS: Record<ProblemId, ProblemWords> = {
  "path-not-found": {
    ...UNREADABLE,
    title: "There is nothing at this path",
    next: "Is the name spelt as it is on disk?",
  },
  "file-missing": {
    ...UNREADABLE,
    title: "The file src/dropout.ts is missing",
    next: "Is the file where the handout says, under exactly this name, and was it committed?",
  },
  "file-unreadable": {
    ...UNREADABLE,
    title: "A file could not be read",
    next: "Can you open it yourself, on another machine?",
  },
  "file-too-large": {
    ...UNREADABLE,
    title: "A file is too large",
    next: "What in it is not part of the three functions?",
  },
  "file-encoding": {
    ...UNREADABLE,
    title: "A file is not UTF-8 text",
    next: "Which encoding does your editor show? Save the file as UTF-8.",
  },
  "file-empty": {
    ...UNREADABLE,
    title: "The file is empty",
    next: "Did you save before you pushed?",
  },
  "file-refused": {
    ...UNREADABLE,
    title: "A file is not a regular file of this submission",
    next: "Replace links by the files themselves.",
  },
  "syntax-error": {
    page: "syntax-error",
    title: "The program does not parse",
    why: "A program with a syntax error does not run at all, so none of its functions could be measured.",
    next: "Look at this line and the one before it: a bracket, a comma or a quote is often missing there. `npm run check` shows the same on your machine.",
  },
  "forbidden-import": {
    page: "forbidden-import",
    title: "An import that is not allowed",
    why: "The assignment is to be done with `ml-matrix` and files of your own. Nothing else exists where your program runs.",
    next: "What do you need from that module, and can you write it yourself in a line or two?",
  },
  "import-not-found": {
    page: "import-not-found",
    title: "An imported file does not exist",
    why: "Imports of your own files are looked up inside of `src/`, letter by letter.",
    next: "Compare the name in the import with the name on disk, capital letters included. Was the file committed?",
  },
  "export-missing": {
    page: "export-missing",
    title: "A function is not exported under its name",
    why: "The three functions are looked up by name. One that cannot be found cannot be measured; the others are.",
    next: "Compare the name with the handout, letter by letter, and see that `export` stands before `function`.",
  },
  "export-not-a-function": {
    page: "export-not-a-function",
    title: "What is exported is not a function",
    why: "The name is there, but it cannot be called.",
    next: "What does the name stand for at the end of the file?",
  },
  "import-failed": {
    page: "import-failed",
    title: "The file stops with an error while it is loaded",
    why: "Code outside of the functions runs once, before any function is called. When it throws, none of them exists.",
    next: "Which statement stands outside of all functions, and does it need to?",
  },
  "import-timed-out": {
    page: "timed-out",
    title: "The file never finishes loading",
    why: "Code outside of the functions runs once, before any function is called. While it runs, nothing can be measured.",
    next: "Which loop stands outside of all functions?",
  },
  "import-out-of-memory": {
    page: "out-of-memory",
    title: "The file uses up all memory while it is loaded",
    why: "Code outside of the functions runs once, before any function is called.",
    next: "Which array is filled outside of all functions?",
  },
  "import-crashed": {
    page: "import-failed",
    title: "The file breaks the sandbox while it is loaded",
    why: "Code outside of the functions runs once, before any function is called.",
    next: "Which statement stands outside of all functions, and does it need to?",
  },
  "source-too-complex": {
    page: "syntax-error",
    title: "The file is too deeply nested to be read",
    why: "A program for this assignment has a few levels of brackets. This one has more than can be followed.",
    next: "Which expression goes on and on? Give its parts names.",
  },
};
