import { scaleLinear } from "d3-scale";
import type { ScaleLinear } from "d3-scale";
import type { ComponentChildren } from "preact";
import type { PageIndex } from "../data.ts";
import type { Stripe } from "./statistics.ts";
import { STATUS, count } from "./words.ts";

interface HeatMapProps {
  checks: PageIndex["checks"];
  stripes: readonly Stripe[];
  students: number;
}

const WIDTH = 900;
const LABELS = 150;
const ROW = 22;
const AXIS = 26;

/** Checks from top to bottom, students from left to right, the best first. */
export function HeatMap({ checks, stripes, students }: HeatMapProps): ComponentChildren {
  const x = scaleLinear().domain([0, students]).range([LABELS, WIDTH]);
  const height = checks.length * ROW + AXIS;
  return (
    <section class="card wide" aria-labelledby="heat">
      <h2 id="heat">Students and checks</h2>
      <div class="scroll" role="region" aria-label="Map" tabIndex={0}>
        <svg
          class="map"
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="img"
          aria-label={describe(checks, students)}
        >
          {checks.map(({ id }, row) => (
            <g key={id}>
              <text x={LABELS - 8} y={row * ROW + ROW * 0.68} text-anchor="end">
                {id}
              </text>
              {runsOf(stripes, row).map(({ from, to, look }) => (
                <rect
                  key={from}
                  class={look}
                  x={x(from)}
                  y={row * ROW + 1}
                  width={x(to) - x(from)}
                  height={ROW - 2}
                />
              ))}
            </g>
          ))}
          <Axis x={x} y={height - AXIS} students={students} />
        </svg>
      </div>
      <Legend />
    </section>
  );
}

interface AxisProps {
  x: ScaleLinear<number, number>;
  y: number;
  students: number;
}

/** How many students, from the left. */
function Axis({ x, y, students }: AxisProps): ComponentChildren {
  return x
    .ticks(8)
    .filter(Number.isInteger)
    .map((tick) => (
      <g key={tick} class="axis">
        <line x1={x(tick)} x2={x(tick)} y1={y} y2={y + 5} />
        <text x={x(tick)} y={y + AXIS - 6} text-anchor={tick === students ? "end" : "middle"}>
          {tick}
        </text>
      </g>
    ));
}

function describe(checks: PageIndex["checks"], students: number): string {
  return `A map of ${count(students, "student")} and ${count(checks.length, "check")}, the best students on the left. The table of students has the same, one by one.`;
}

/** Neighbours that look the same, as one. */
function runsOf(
  stripes: readonly Stripe[],
  row: number,
): { from: number; to: number; look: string }[] {
  const runs: { from: number; to: number; look: string }[] = [];
  let at = 0;
  for (const { statuses, outcome, students } of stripes) {
    const look =
      outcome === "missing" ? "none" : outcome === "ungradable" ? "x" : (statuses[row] ?? "-");
    const last = runs.at(-1);
    if (last?.look === look) last.to += students;
    else runs.push({ from: at, to: at + students, look });
    at += students;
  }
  return runs.map((run) => ({ ...run, look: `heat-${run.look}` }));
}

function Legend(): ComponentChildren {
  return (
    <p class="legend">
      {(["p", "f", "b", "x"] as const).map((letter) => (
        <span key={letter}>
          <span class={`swatch heat-${letter}`} aria-hidden="true" /> {STATUS[letter].word}
        </span>
      ))}
      <span>
        <span class="swatch heat-none" aria-hidden="true" /> nothing handed in
      </span>
    </p>
  );
}
