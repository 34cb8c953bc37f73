import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { visible } from "../../escape.ts";
import type { Details, PageIndex } from "../data.ts";
import { readFile } from "./blocks.ts";
import { listing } from "./listing.ts";
import type { Line } from "./listing.ts";
import { Prose } from "./prose.tsx";
import { Values, heldOn } from "./walk.tsx";
import type { HeldInWalk } from "./walk.tsx";

interface CodeProps {
  index: PageIndex;
  details: Details;
  /** Which of the submission's files. */
  file: number;
}

/** A file's text with its findings below the lines that they are about. */
export function Code({ index, details, file }: CodeProps): ComponentChildren {
  const entry = details.files[file];
  const lines = useMemo(
    () => (entry === undefined ? [] : listing(entry.path, readFile(entry.block), details.findings)),
    [entry, details],
  );
  const held = useMemo(
    () => (entry === undefined ? undefined : heldOn(entry.path, details.walks ?? [])),
    [entry, details],
  );
  if (entry === undefined) return null;
  const name = visible(entry.path);
  return (
    <section aria-label={name}>
      <h2>
        <code>{name}</code>
      </h2>
      <div class={held === undefined || held.size === 0 ? "code" : "code walked"}>
        {lines.map((line) => (
          <CodeLine
            key={line.number}
            line={line}
            file={file}
            notes={notesOn(line, index, details)}
            held={held?.get(line.number) ?? []}
          />
        ))}
      </div>
    </section>
  );
}

interface Note {
  /** Which of the submission's findings. */
  place: number;
  title: string;
  what: string;
}

function notesOn({ findings }: Line, index: PageIndex, details: Details): Note[] {
  return findings.flatMap((place) => {
    const finding = details.findings[place];
    const type = index.findings[finding?.type ?? -1];
    if (finding === undefined || type === undefined) return [];
    return [{ place, title: type.title, what: finding.what }];
  });
}

interface CodeLineProps {
  line: Line;
  file: number;
  notes: readonly Note[];
  held: readonly HeldInWalk[];
}

function CodeLine({ line, file, notes, held }: CodeLineProps): ComponentChildren {
  const { number, spans, findings } = line;
  return (
    <>
      <div
        class={findings.length === 0 ? "line" : "line hit"}
        id={`line-${file}.${number}`}
        tabIndex={-1}
      >
        <span class="at" data-line={number} aria-hidden="true" />
        <code>
          {spans.map(({ text, kind }, i) =>
            kind === "plain" ? (
              text
            ) : (
              <mark key={i} class={kind}>
                {text}
              </mark>
            ),
          )}
        </code>
        <Values line={number} held={held} />
      </div>
      {notes.map(({ place, title, what }) => (
        <p key={place} class="beside">
          <span class="unseen">Line {number}: </span>
          <button
            type="button"
            class="link"
            onClick={() => document.getElementById(`finding-${place}`)?.focus()}
          >
            {visible(title)}
          </button>{" "}
          <Prose text={what} />
        </p>
      ))}
    </>
  );
}
