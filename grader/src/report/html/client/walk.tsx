import type { ComponentChildren } from "preact";
import type { Walk } from "../../../model/walk.ts";
import { visible } from "../../escape.ts";
import { heldIn } from "../../walk/lines.ts";
import type { Held } from "../../walk/lines.ts";
import { PICTURE_WORDS, pictureWords, shownPart } from "../../walk/picture.ts";
import { STANDING_WORDS, callOf, verdictOn } from "../../walk/words.ts";
import type { Details } from "../data.ts";
import { Prose } from "./prose.tsx";
import { linkTo, parseRoute } from "./route.ts";

/** A value, with the walk that it is from where the file takes part in several. */
export type HeldInWalk = Held & { call?: string };

const SIGN: Record<Held["standing"], string> = { right: "✓", diverges: "✗", wrong: "~" };
const STANDINGS = ["right", "diverges", "wrong"] as const;

/** What the lines of a file held, in all the calls that were read along with. */
export function heldOn(file: string, walks: readonly Walk[]): Map<number, HeldInWalk[]> {
  const all = new Map<number, HeldInWalk[]>();
  for (const walk of walks) {
    for (const [line, held] of heldIn(file, walk)) {
      const own = held.map((one) => ({ ...one, call: shortName(walk) }));
      all.set(line, [...(all.get(line) ?? []), ...own]);
    }
  }
  // Who called is worth a word only where two of the functions share a line.
  for (const [line, held] of all) {
    const calls = new Set(held.map(({ call }) => call));
    if (calls.size === 1) {
      all.set(
        line,
        held.map(({ call: _call, ...rest }) => rest),
      );
    }
  }
  return all;
}

/** The values of one line, beside its code. */
export function Values({
  line,
  held,
}: {
  line: number;
  held: readonly HeldInWalk[];
}): ComponentChildren {
  if (held.length === 0) return null;
  return (
    <ul class="values" aria-label={`Values of line ${line}`}>
      {held.map(({ standing, name, words, entry, call }, i) => (
        <li key={i} class={`is-${standing}`}>
          <span aria-hidden="true">{SIGN[standing]}</span>{" "}
          <span class="unseen">{STANDING_WORDS[standing]}: </span>
          {call === undefined ? "" : `${call}: `}
          {name === undefined ? null : (
            <>
              <code>{visible(name)}</code>:{" "}
            </>
          )}
          <Prose text={words} />
          {entry === undefined ? null : <small>{visible(entry)}</small>}
        </li>
      ))}
    </ul>
  );
}

/** What each call came to, and what the signs beside the code mean. */
export function Walks({ details }: { details: Details }): ComponentChildren {
  const { walks = [] } = details;
  if (walks.length === 0) return null;
  const isAnyKnown = walks.some(({ steps }) => steps.some((step) => step.standing !== "unknown"));
  return (
    <section aria-labelledby="walks">
      <h2 id="walks">Line by line</h2>
      {walks.map((walk, i) => (
        <article key={i} class="walk">
          <p>
            <Prose text={callOf(walk)} />. <Prose text={verdictOn(walk)} />{" "}
            <ToDivergence walk={walk} details={details} />
          </p>
          <Pictures walk={walk} />
        </article>
      ))}
      {isAnyKnown ? (
        <p class="legend">
          <span>Beside the code:</span>
          {STANDINGS.map((standing) => (
            <span key={standing} class={`is-${standing}`}>
              {SIGN[standing]} {STANDING_WORDS[standing]}
            </span>
          ))}
        </p>
      ) : null}
    </section>
  );
}

/** Leads to the line, where its file is on the page. */
function ToDivergence({ walk, details }: { walk: Walk; details: Details }): ComponentChildren {
  const first = walk.steps.find(({ standing }) => standing === "diverges");
  const file = details.files.findIndex(({ path }) => path === first?.location.file);
  if (first === undefined || file === -1) return null;
  const student = parseRoute(window.location.hash).student ?? 0;
  return <a href={linkTo({ student, place: `${file}.${first.location.line}` })}>Go there</a>;
}

/** The name in short: it says only whose call a value is from. */
function shortName(walk: Walk): string {
  return walk.function.replace(/_.*$/u, "");
}

const CELL = 14;

function Pictures({ walk: { pictures } }: { walk: Walk }): ComponentChildren {
  if (pictures.length === 0) return null;
  return (
    <>
      <div class="pictures">
        {pictures.map((picture, i) => (
          <figure key={i}>
            <Pixels label={visible(pictureWords(picture))} rows={shownPart(picture)} />
            <figcaption>{visible(picture.title)}</figcaption>
          </figure>
        ))}
      </div>
      <p class="legend">{PICTURE_WORDS}</p>
    </>
  );
}

/** A square for each entry: the larger, the darker; a dot for a zero. */
function Pixels({ label, rows }: { label: string; rows: readonly number[][] }): ComponentChildren {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const size = { width: columns * CELL, height: Math.max(1, rows.length) * CELL };
  const largest = Math.max(0, ...rows.flat().map(Math.abs));
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size.width} ${size.height}`} {...size}>
      {rows.flatMap((row, y) =>
        row.map((value, x) => {
          const at = { key: `${y}.${x}`, cx: (x + 0.5) * CELL, cy: (y + 0.5) * CELL };
          if (value === 0) return <circle {...at} r={1.5} class="zero" />;
          const shade = 0.35 + 0.65 * (Math.abs(value) / largest);
          return (
            <rect
              key={at.key}
              x={x * CELL + 1}
              y={y * CELL + 1}
              width={CELL - 2}
              height={CELL - 2}
              fill-opacity={shade.toFixed(2)}
              class="there"
            />
          );
        }),
      )}
    </svg>
  );
}
