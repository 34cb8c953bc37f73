import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageIndex } from "../data.ts";
import { EVERYBODY, GROUPS } from "./select.ts";
import type { Filter } from "./select.ts";
import { GROUP, STATUS, number } from "./words.ts";

interface FiltersProps {
  index: PageIndex;
  filter: Filter;
  onFilter(filter: Filter): void;
  shown: number;
  all: number;
}

/** Narrows the list of students. `/` leads to the search from anywhere. */
export function Filters({ index, filter, onFilter, shown, all }: FiltersProps): ComponentChildren {
  const set = (change: Partial<Filter>): void => onFilter({ ...filter, ...change });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Search text={filter.text} onText={(text) => set({ text })} />
      <label>
        Show
        <select
          value={filter.group}
          onChange={({ currentTarget }) => {
            const group = GROUPS.find((one) => one === currentTarget.value);
            set({ group: group ?? "all" });
          }}
        >
          {GROUPS.map((group) => (
            <option key={group} value={group}>
              {GROUP[group]}
            </option>
          ))}
        </select>
      </label>
      <CheckFilter index={index} filter={filter} set={set} />
      <FindingFilter index={index} filter={filter} set={set} />
      <Points label="Points from" value={filter.from} onValue={(from) => set({ from })} />
      <Points label="to" value={filter.to} onValue={(to) => set({ to })} />
      <button type="button" onClick={() => onFilter(EVERYBODY)}>
        Clear
      </button>
      <p role="status">
        {number(shown)} of {number(all)} shown
      </p>
    </form>
  );
}

function Search({ text, onText }: { text: string; onText(text: string): void }): ComponentChildren {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const jump = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.matches("input, select, textarea");
      if (event.key !== "/" || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", jump);
    return () => removeEventListener("keydown", jump);
  }, []);
  return (
    <label class="search">
      Search names and findings
      <input
        ref={input}
        type="search"
        value={text}
        aria-keyshortcuts="/"
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
    </label>
  );
}

interface PartProps {
  index: PageIndex;
  filter: Filter;
  set(change: Partial<Filter>): void;
}

const LETTERS = ["f", "p", "b", "x"] as const;

function CheckFilter({ index, filter, set }: PartProps): ComponentChildren {
  const { check } = filter;
  const pick = (value: string): void => {
    const [place, word] = value.split(":");
    const letter = LETTERS.find((one) => one === word);
    set({ check: letter === undefined ? undefined : { index: Number(place), letter } });
  };
  return (
    <label>
      Check
      <select
        value={check === undefined ? "" : `${check.index}:${check.letter}`}
        onChange={({ currentTarget }) => pick(currentTarget.value)}
      >
        <option value="">any</option>
        {LETTERS.map((letter) => (
          <optgroup key={letter} label={STATUS[letter].word}>
            {index.checks.map(({ id }, place) => (
              <option key={id} value={`${place}:${letter}`}>
                {id} {STATUS[letter].word}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function FindingFilter({ index, filter, set }: PartProps): ComponentChildren {
  const titles = new Map(index.findings.map(({ id, title }) => [id, title]));
  return (
    <label>
      Finding
      <select
        value={filter.finding ?? ""}
        onChange={({ currentTarget }) => set({ finding: currentTarget.value || undefined })}
      >
        <option value="">any</option>
        {[...titles].map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PointsProps {
  label: string;
  value: number | undefined;
  onValue(value: number | undefined): void;
}

function Points({ label, value, onValue }: PointsProps): ComponentChildren {
  return (
    <label class="points">
      {label}
      <input
        type="number"
        min={0}
        value={value ?? ""}
        onInput={({ currentTarget }) => {
          onValue(currentTarget.value === "" ? undefined : Number(currentTarget.value));
        }}
      />
    </label>
  );
}
