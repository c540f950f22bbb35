import type { Deadline } from '../dmapi/deadline.ts';
import type { Session } from '../session/session.ts';
import { showDiff } from './diff.ts';
import { fetchZone } from './fetch-zone.ts';
import { ZoneError } from './zone-error.ts';
import type { Line } from './zone-line.ts';

interface Expected {
  readonly domain: string;
  readonly lines: readonly Line[];
  /** What must be gone. */
  readonly removed: readonly Line[];
  /** The tag that the lines have. */
  readonly etag: string;
}

interface Means {
  readonly session: Session;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly deadline: Deadline;
}

const LOOKS = 3;
const BETWEEN_LOOKS_MS = 1000;

/**
 * Reads a zone back, up to three times, until all is there that was written. What others have added
 * meanwhile is no difference.
 *
 * @returns not verified where it could not be read
 * @throws ZoneError `zone-differs` where something is missing, or has not gone
 */
export async function verifyZone(
  { session, pause, deadline }: Means,
  { domain, lines, removed, etag }: Expected,
): Promise<{ readonly etag: string; readonly verified: boolean }> {
  let differences: ReturnType<typeof differencesOf> | undefined;
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await pause(Math.min(look * BETWEEN_LOOKS_MS, deadline.remainingMs()));
    // What cannot be read has been written all the same.
    const found = await fetchZone(session, domain, deadline).catch(() => undefined);
    if (!found) continue;
    const different = differencesOf(found.zone.lines, lines, removed);
    if (isNone(different)) return { etag: found.etag, verified: true };
    // What is missing may have been lost on the way here.
    if (found.doubt === undefined) differences = different;
  }
  if (!differences) return { etag, verified: false };
  throw new ZoneError(
    'zone-differs',
    'The registrar took the zone, and does not show it as it was written: diff tells what is there all the same (added) and what is missing (removed).',
    { diff: showDiff(differences) },
  );
}

function isNone({ added, removed }: ReturnType<typeof differencesOf>): boolean {
  return added.length + removed.length === 0;
}

/** What is there although it was removed, and what is not although it was written. */
function differencesOf(found: readonly Line[], wanted: readonly Line[], removed: readonly Line[]) {
  const there = countKeys(found);
  const expected = countKeys(wanted);
  const missing = firstOfEach(wanted).filter(
    ({ kind, key }) => kind !== 'blank' && count(there, key) < count(expected, key),
  );
  const lingering = firstOfEach(removed).filter(
    ({ key }) => count(there, key) > count(expected, key),
  );
  return { added: lingering, removed: missing };
}

function countKeys(lines: readonly Line[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of lines) counts.set(key, count(counts, key) + 1);
  return counts;
}

function count(counts: ReadonlyMap<string, number>, key: string): number {
  return counts.get(key) ?? 0;
}

function firstOfEach(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.key, line])).values()];
}
