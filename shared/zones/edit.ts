import type { Zone } from './zone.ts';
import type { Line } from './zone-line.ts';

/** Where the caller wrote a new line: the fields that a refusal names. */
export interface Place {
  readonly record: string;
  readonly ttl: string;
}

/** A line that is to be added. */
export interface Addition {
  readonly line: Line;
  readonly place: Place;
}

/** A zone as it is to be; lines that are new say where they come from. */
export interface EditedLine {
  readonly line: Line;
  readonly place?: Place;
}

/**
 * Takes lines out of a zone and puts others in; all that stays keeps its order. A new line takes the
 * place of one of its name and type that goes, or follows the last that stays; else it follows the last
 * of its name, or all.
 */
export function edit(
  { lines }: Zone,
  goes: ReadonlySet<Line>,
  additions: readonly Addition[],
): EditedLine[] {
  const free = new Map<string, Line[]>();
  const last = new Map<string, Line>();
  for (const line of lines) {
    const { set, name } = placesOf(line);
    if (!goes.has(line)) last.set(set, line).set(name, line);
    else if (free.get(set)?.push(line) === undefined) free.set(set, [line]);
  }
  const instead = new Map<Line, Addition>();
  const after = new Map<Line | undefined, Addition[]>();
  for (const addition of additions) {
    const { set, name } = placesOf(addition.line);
    const gone = free.get(set)?.shift();
    if (gone) {
      instead.set(gone, addition);
      continue;
    }
    const neighbour = last.get(set) ?? last.get(name);
    const known = after.get(neighbour);
    if (known) known.push(addition);
    else after.set(neighbour, [addition]);
  }
  const kept = lines.flatMap((line): EditedLine[] => {
    const here = goes.has(line) ? instead.get(line) : { line };
    return [...(here ? [here] : []), ...(after.get(line) ?? [])];
  });
  return [...kept, ...(after.get(undefined) ?? [])];
}

function placesOf({ owner, text }: Line) {
  if (!owner) return { set: `line ${text}`, name: `line ${text}` };
  return { set: `set ${owner.name} ${owner.type}`, name: `name ${owner.name}` };
}
