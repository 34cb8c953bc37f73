import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { visible } from "../../escape.ts";
import type { Details, PageIndex } from "../data.ts";
import { readDetails } from "./blocks.ts";
import { CheckTable } from "./check-table.tsx";
import { Code } from "./code.tsx";
import { FindingCard } from "./finding.tsx";
import { Foot } from "./overview.tsx";
import { linkTo } from "./route.ts";
import type { Row } from "./select.ts";
import { Walks } from "./walk.tsx";
import { OUTCOME } from "./words.ts";

interface StudentPageProps {
  index: PageIndex;
  row: Row;
  /** The list that is left for this page: what comes before and after. */
  shown: readonly Row[];
  /** The line to go to. */
  place: string | undefined;
}

/** One submission: points, findings, code. */
export function StudentPage({ index, row, shown, place }: StudentPageProps): ComponentChildren {
  const details = useMemo(() => readDetails(row.index), [row.index]);
  const { student } = row;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (index.single) return undefined;
    const before = document.title;
    document.title = `${student.name} – ${before}`;
    scrollTo(0, 0);
    heading.current?.focus();
    return () => void (document.title = before);
  }, []);
  usePlace(place);
  return (
    <>
      <header class="top">
        {index.single ? null : <Neighbours row={row} shown={shown} />}
        <h1 ref={heading} tabIndex={-1}>
          {visible(student.name)}
        </h1>
        <p class="lead">
          {student.outcome === "graded"
            ? `${student.score} of ${details?.maxScore ?? 0} points`
            : OUTCOME[student.outcome]}
        </p>
      </header>
      <main>{details === undefined ? null : <Body index={index} details={details} />}</main>
      <Foot index={index} />
    </>
  );
}

/** Goes to the line that the address names. */
function usePlace(place: string | undefined): void {
  useEffect(() => {
    if (place === undefined) return;
    const line = document.getElementById(`line-${place}`);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  }, [place]);
}

function Neighbours({ row, shown }: Pick<StudentPageProps, "row" | "shown">): ComponentChildren {
  const at = shown.indexOf(row);
  const [before, after] = at === -1 ? [] : [shown[at - 1], shown[at + 1]];
  const link = (word: string, to: Row | undefined): ComponentChildren =>
    to === undefined ? null : (
      <a href={linkTo({ student: to.index })}>
        {word}: {visible(to.student.name)}
      </a>
    );
  return (
    <nav aria-label="Students">
      <a href={linkTo({})}>All students</a>
      {link("Previous", before)}
      {link("Next", after)}
    </nav>
  );
}

function Body({ index, details }: { index: PageIndex; details: Details }): ComponentChildren {
  const { because, findings, files, checks, console, notShown } = details;
  return (
    <>
      {because === undefined || because === "" ? null : (
        <p class="note">The grader's own fault: {visible(because)}</p>
      )}
      {notShown === undefined ? null : (
        <p class="note">
          Not shown here: {notShown.checks} checks, details of {notShown.findings} findings.
        </p>
      )}
      {checks.length === 0 ? null : <CheckTable checks={checks} />}
      {findings.length === 0 ? null : (
        <section aria-labelledby="findings">
          <h2 id="findings">Findings</h2>
          {findings.map((_, i) => (
            <FindingCard key={i} index={index} details={details} place={i} />
          ))}
        </section>
      )}
      <Walks details={details} />
      {files.map((_, file) => (
        <Code key={file} index={index} details={details} file={file} />
      ))}
      {console === "" ? null : (
        <section aria-labelledby="console">
          <h2 id="console">Printed by the program</h2>
          <pre class="console">{console.split("\n").map(visible).join("\n")}</pre>
        </section>
      )}
      <About details={details} />
    </>
  );
}

function About({ details }: { details: Details }): ComponentChildren {
  if (details.seed === "") return null;
  return (
    <p class="about">
      Graded <code>{visible(details.path)}</code> with the seed <code>{visible(details.seed)}</code>
      .
    </p>
  );
}
