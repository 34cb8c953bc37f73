import type { ComponentChildren } from "preact";
import type { StatusLetter } from "../data.ts";
import type { Filter } from "./select.ts";
import type { CheckTally } from "./statistics.ts";
import { STATUS, count, percent } from "./words.ts";

interface CheckBarsProps {
  tallies: readonly CheckTally[];
  narrow(to: Partial<Filter>): void;
}

const COLUMNS = ["p", "f", "b", "x"] as const;

/** How each check went. Every number leads to its students. */
export function CheckBars({ tallies, narrow }: CheckBarsProps): ComponentChildren {
  const hasFaults = tallies.some(({ counts }) => counts.x > 0);
  const columns = COLUMNS.filter((letter) => letter !== "x" || hasFaults);
  return (
    <section class="card" aria-labelledby="checks">
      <h2 id="checks">Checks</h2>
      <div class="scroll" role="region" aria-label="Table of checks" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Check</th>
              {columns.map((letter) => (
                <th key={letter} scope="col">
                  {STATUS[letter].word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tallies.map((tally) => (
              <CheckRow key={tally.id} tally={tally} columns={columns} narrow={narrow} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CheckRowProps {
  tally: CheckTally;
  columns: readonly StatusLetter[];
  narrow(to: Partial<Filter>): void;
}

function CheckRow({ tally, columns, narrow }: CheckRowProps): ComponentChildren {
  const { id, index, title, counts } = tally;
  const all = COLUMNS.reduce((sum, letter) => sum + counts[letter], 0);
  return (
    <tr>
      <th scope="row" title={title}>
        {id}
        <span class="stack" aria-hidden="true">
          {COLUMNS.map((letter) => (
            <span
              key={letter}
              class={`heat-${letter}`}
              style={{ width: `${all === 0 ? 0 : (100 * counts[letter]) / all}%` }}
            />
          ))}
        </span>
      </th>
      {columns.map((letter) => (
        <td key={letter} class="number">
          <button
            type="button"
            class="link"
            disabled={counts[letter] === 0}
            aria-label={`${id}, ${STATUS[letter].word}: show ${count(counts[letter], "student")}`}
            onClick={() => narrow({ check: { index, letter } })}
          >
            {counts[letter]}
          </button>{" "}
          <small>{percent(counts[letter], all)}</small>
        </td>
      ))}
    </tr>
  );
}
