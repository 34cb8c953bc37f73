import { scaleBand, scaleLinear } from "d3-scale";
import type { ComponentChildren } from "preact";
import type { Filter, Row } from "./select.ts";
import { binned, spreadOf } from "./statistics.ts";
import type { Bin } from "./statistics.ts";
import { count, number } from "./words.ts";

interface HistogramProps {
  rows: readonly Row[];
  maxScore: number;
  narrow(to: Partial<Filter>): void;
}

const WIDTH = 440;
const HEIGHT = 200;
const TOP = 18;
const BOTTOM = 24;

/** How the scores are spread, full marks in a bar of their own. */
export function Histogram({ rows, maxScore, narrow }: HistogramProps): ComponentChildren {
  const bins = binned(rows, scaleLinear().domain([0, maxScore]).ticks(10), maxScore);
  const spread = spreadOf(rows);
  return (
    <section class="card" aria-labelledby="scores">
      <h2 id="scores">Scores</h2>
      {spread === undefined ? (
        <p>There is no mark yet.</p>
      ) : (
        <>
          <p>
            Mean {spread.mean.toFixed(1)}, median {spread.quartiles[1]}, the middle half{" "}
            {spread.quartiles[0]} to {spread.quartiles[2]}, of {maxScore} points.
          </p>
          <Bars bins={bins} narrow={narrow} />
          <BinTable bins={bins} narrow={narrow} />
        </>
      )}
    </section>
  );
}

interface BinsProps {
  bins: readonly Bin[];
  narrow(to: Partial<Filter>): void;
}

/** A pointer may click on a bar; the table below has the same for everybody. */
function Bars({ bins, narrow }: BinsProps): ComponentChildren {
  const x = scaleBand<number>(
    bins.map(({ from }) => from),
    [0, WIDTH],
  ).paddingInner(0.12);
  const y = scaleLinear([0, Math.max(1, ...bins.map((bin) => bin.count))], [HEIGHT - BOTTOM, TOP]);
  const base = HEIGHT - BOTTOM;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Students by points; the table below says the same."
    >
      {bins.map(({ from, to, count: students }) => {
        const middle = (x(from) ?? 0) + x.bandwidth() / 2;
        const top = y(students);
        return (
          <g key={from} class="bar" onClick={() => narrow({ from, to })}>
            <rect x={x(from)} y={top} width={x.bandwidth()} height={base - top} />
            <text x={middle} y={top - 5} text-anchor="middle">
              {students === 0 ? "" : students}
            </text>
            <text class="tick" x={middle} y={HEIGHT - 7} text-anchor="middle">
              {from === to ? from : `${from}–`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function BinTable({ bins, narrow }: BinsProps): ComponentChildren {
  return (
    <details>
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Points</th>
            <th scope="col">Students</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ from, to, count: students }) => (
            <tr key={from}>
              <th scope="row">{from === to ? from : `${from} to ${to}`}</th>
              <td>
                <button
                  type="button"
                  class="link"
                  aria-label={`Show ${count(students, "student")} with ${from} to ${to} points`}
                  onClick={() => narrow({ from, to })}
                >
                  {number(students)}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
