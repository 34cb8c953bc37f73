import type { ComponentChildren } from "preact";
import { visible } from "../../escape.ts";
import type { Details, PageIndex } from "../data.ts";
import { DocsLink } from "./docs-link.tsx";
import { Prose } from "./prose.tsx";
import { linkTo, parseRoute } from "./route.ts";
import { KIND } from "./words.ts";

interface FindingProps {
  index: PageIndex;
  details: Details;
  /** Which of the submission's findings. */
  place: number;
}

/** One finding in full: what was measured, why it matters, where to look next. */
export function FindingCard({ index, details, place }: FindingProps): ComponentChildren {
  const finding = details.findings[place];
  const type = finding === undefined ? undefined : index.findings[finding.type];
  if (finding === undefined || type === undefined) return null;
  return (
    <article class={`finding is-${type.kind}`} id={`finding-${place}`} tabIndex={-1}>
      <h3>{visible(type.title)}</h3>
      <p class="meta">
        {KIND[type.kind]} · <code>{type.check}</code> <Where details={details} place={place} />
      </p>
      <Part head="Measured" text={finding.what} />
      <Part head="Why it matters" text={type.why} />
      <Part head="Where to look" text={type.next} />
      <DocsLink docs={type.docs} about={visible(type.title)} />
    </article>
  );
}

/** The line, as a link where the file is on the page. */
function Where({ details, place }: Omit<FindingProps, "index">): ComponentChildren {
  const location = details.findings[place]?.location;
  if (location === undefined) return null;
  const text = `${visible(location.file)}:${location.line}`;
  const file = details.files.findIndex(({ path }) => path === location.file);
  if (file === -1) return <>· {text}</>;
  const student = parseRoute(window.location.hash).student ?? 0;
  return (
    <>
      · <a href={linkTo({ student, place: `${file}.${location.line}` })}>{text}</a>
    </>
  );
}

function Part({ head, text }: { head: string; text: string }): ComponentChildren {
  if (text === "") return null;
  return (
    <p>
      <strong>{head}.</strong> <Prose text={text} />
    </p>
  );
}
