import { type DynDns, readDynDns } from './dyn-dns.ts';
import type { Forward } from './forward.ts';
import type { Line, ZoneRecord } from './zone-line.ts';

/** What was added to a zone, or removed from it: a record, a forward, a setting, or a line nobody understands. */
export type Changed =
  | ZoneRecord
  | Forward
  | { readonly dynDns: DynDns }
  | { readonly dnssec: string }
  | { readonly other: string };

export interface Diff {
  readonly added: readonly Changed[];
  readonly removed: readonly Changed[];
}

/** The lines that are in one list and not in the other, equal ones counted. */
export function compare(before: readonly Line[], after: readonly Line[]) {
  return { added: without(after, before), removed: without(before, after) };
}

/** Those of the lines that are left when each of the others has taken one of its own away. */
function without(lines: readonly Line[], others: readonly Line[]): Line[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(identity(line), (counts.get(identity(line)) ?? 0) + 1);
  return lines.filter((line) => {
    if (line.kind === 'blank') return false;
    const left = counts.get(identity(line)) ?? 0;
    counts.set(identity(line), left - 1);
    return left <= 0;
  });
}

/** A new DynDNS password is a change. */
function identity({ kind, key, text }: Line): string {
  return kind === 'dynDns' ? text.trim() : key;
}

/** What callers are shown of changed lines. Settings that nobody knows are never shown. */
export function showDiff({ added, removed }: ReturnType<typeof compare>): Diff {
  return { added: added.flatMap(shown), removed: removed.flatMap(shown) };
}

function shown({ kind, text, record, forward }: Line): Changed[] {
  if (record) return [record];
  if (forward) return [forward];
  if (kind === 'other') return [{ other: text }];
  if (kind === 'dnssec') return [{ dnssec: text.trim().replace(/^\$dnssec=/, '') }];
  if (kind !== 'dynDns') return [];
  const { enabled, username } = readDynDns(text);
  return [{ dynDns: { enabled, username } }];
}
