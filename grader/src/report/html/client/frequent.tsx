import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Filter } from "./select.ts";
import type { Frequency } from "./statistics.ts";
import { count, percent } from "./words.ts";

interface FrequentProps {
  frequencies: readonly Frequency[];
  /** Of how many. */
  students: number;
  narrow(to: Partial<Filter>): void;
}

const FIRST = 12;

/** What costs points, the most frequent first. */
export function Frequent({ frequencies, students, narrow }: FrequentProps): ComponentChildren {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? frequencies : frequencies.slice(0, FIRST);
  const most = frequencies[0]?.students ?? 1;
  return (
    <section class="card wide" aria-labelledby="frequent">
      <h2 id="frequent">Misconceptions by frequency</h2>
      {frequencies.length === 0 ? <p>Nobody lost a point.</p> : null}
      <ol class="frequent">
        {shown.map(({ type, students: own }) => (
          <li key={type.id}>
            <span class="share">
              <button
                type="button"
                class="link"
                aria-label={`${type.title}: show ${count(own, "student")}`}
                onClick={() => narrow({ finding: type.id })}
              >
                {own}
              </button>{" "}
              <small>{percent(own, students)}</small>
            </span>
            <span>
              {type.title}
              <span class="meter" aria-hidden="true">
                <span style={{ width: `${(100 * own) / most}%` }} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      {frequencies.length > shown.length ? (
        <button type="button" class="more" onClick={() => setOpen(true)}>
          Show all {frequencies.length}
        </button>
      ) : null}
    </section>
  );
}
