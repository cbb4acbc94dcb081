import type { RefusedGroup as Group } from './refusal-words.ts';
import { plural } from '../../lib/format/format-count.ts';
import { RefusedChange } from './refused-change.tsx';

type RefusedGroupProps = { group: Group; current: string | null };

/** A refused change, and under it those that make no sense without it. */
export function RefusedGroup({ group: { cause, held }, current }: RefusedGroupProps) {
  return (
    <div className="grid gap-2">
      <RefusedChange entry={cause} isCurrent={current === cause.writeId} />
      {held.length > 0 && (
        <section
          className="ml-4 grid gap-2 border-l border-line pl-4"
          aria-label={`${plural(held.length, 'change builds', 'changes build')} on ${cause.title}`}
        >
          <p className="text-small text-ink-3">
            {plural(held.length, 'change builds', 'changes build')} on it and {held.length === 1 ? 'was' : 'were'} held
            with it. A retry takes {held.length === 1 ? 'it' : 'them'} along.
          </p>
          {held.map((entry) => (
            <RefusedChange key={entry.writeId} entry={entry} isCurrent={current === entry.writeId} />
          ))}
        </section>
      )}
    </div>
  );
}
