import { expect } from '@jest/globals';
import type { SimulatedRegistrar } from '../../../infra/local/registrar/registrar.ts';
import type { PatchInput } from '../../../shared/zones/patch.ts';
import type { PutInput } from '../../../shared/zones/replace.ts';
import { etagOf, readZone } from '../../../shared/zones/zone.ts';

/** What has really become of a zone, and the judge of every zone that is sent. */
export interface ZoneTruth {
  /** All that the zone has been, oldest first. */
  readonly states: readonly string[];
  /** Is told after everything that somebody else does. */
  elsewhere(): void;
  /** Judges a zone that a writer here has made of what it has read. */
  judges(sent: Sent): void;
  /** Is told that such a zone has been carried out. */
  carriedOut(sent: Sent): void;
}

/** A zone on its way to the registrar. */
export interface Sent {
  readonly by: string;
  readonly intent: Intent;
  /** As it was read, and as it is to be. */
  readonly base: string;
  readonly text: string;
}

/** What a writer wants. */
export type Intent =
  | { readonly kind: 'patch'; readonly patch: PatchInput }
  | { readonly kind: 'put'; readonly put: PutInput; readonly ifMatch: string }
  | { readonly kind: 'restore'; readonly version: string };

export function createZoneTruth(registrar: SimulatedRegistrar, domain: string): ZoneTruth {
  const states = [registrar.zone(domain)];
  let lastOurs = 0;
  /**
   * What somebody else had made of the zone between a read of ours and what we then wrote over it. Shown
   * by a read that lags behind it looks like a change of today, to everybody.
   */
  const overwritten = new Set<string>();
  return {
    states,
    elsewhere() {
      states.push(registrar.zone(domain));
    },
    judges({ by, intent, base, text }) {
      // No writer of ours may be overlooked: what it wrote is in what was read.
      const known = states.slice(lastOurs).includes(base) || overwritten.has(base);
      expect([by, known, base]).toEqual([by, true, base]);
      if (intent.kind === 'put' && intent.ifMatch !== '*') {
        expect([by, tagOf(base)]).toEqual([by, intent.ifMatch]);
      }
      const { stays, fresh } = outcome(linesOf(base), intent);
      const sent = linesOf(text);
      expect([by, sent.filter((line) => !fresh.includes(line))]).toEqual([by, stays]);
      expect([by, sent.filter((line) => fresh.includes(line)).sort()]).toEqual([by, fresh.sort()]);
    },
    carriedOut({ by, base, text }) {
      for (const state of states.slice(states.lastIndexOf(base) + 1)) {
        if (tagOf(state) !== tagOf(base)) overwritten.add(state);
      }
      lastOurs = states.push(registrar.zone(domain)) - 1;
      expect([by, linesOf(states.at(-1) ?? '')]).toEqual([by, linesOf(text)]);
    },
  };
}

function tagOf(text: string): string {
  return etagOf(readZone(text));
}

export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

interface Found {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly record: string;
}

const TXT = /^(\S+) (TXT) 0 "(.*)" (\d+)$/;
const ADDRESS = /^(\S+) (A|DYNA|DYNAAAA) 0 (\S+) (\d+)$/;

function read(line: string): Found | undefined {
  const [, name, type, record, ttl] = TXT.exec(line) ?? ADDRESS.exec(line) ?? [];
  if (name === undefined || type === undefined || record === undefined) return undefined;
  return { name, type, record, ttl: Number(ttl) };
}

function keyOf({ name, type, ttl, record }: Found): string {
  return type.startsWith('DYNA') ? `${name} ${type} ${ttl}` : `${name} ${type} ${ttl} ${record}`;
}

/** The lines that stay, in their order, and those that are new. */
interface Outcome {
  readonly stays: string[];
  readonly fresh: string[];
}

function outcome(base: readonly string[], intent: Intent): Outcome {
  if (intent.kind === 'patch') return patched(base, intent.patch);
  if (intent.kind === 'put') return put(base, intent.put);
  return { stays: restored(base, linesOf(intent.version)), fresh: [] };
}

/** Of patches with one change only. */
function patched(base: readonly string[], { set, add, remove }: PatchInput): Outcome {
  const [change] = [...(set ?? []), ...(add ?? []), ...(remove ?? [])];
  const rrset = base.filter((line) => {
    const found = read(line);
    return found?.name === change?.name && found?.type === change?.type;
  });
  const ttl = read(rrset[0] ?? '')?.ttl ?? 3600;
  const wanted = (set?.[0]?.records ?? add?.map(({ record }) => record) ?? []).map(
    (record) => `${change?.name} TXT 0 "${record}" ${ttl}`,
  );
  const fresh = wanted.filter((line) => !base.includes(line));
  if (add) return { stays: [...base], fresh };
  return { stays: base.filter((line) => !rrset.includes(line) || wanted.includes(line)), fresh };
}

function put(base: readonly string[], { rrsets, dynDns, other }: PutInput): Outcome {
  const wanted = rrsets.flatMap(({ name, type, ttl = 0, records }) =>
    records.map((record) => ({ name, type, ttl, record })),
  );
  const keys = new Set(wanted.map(keyOf));
  const there = new Set(base.flatMap((line) => (read(line) ? keyOf(read(line) as Found) : [])));
  const stays = base.flatMap((line) => {
    const found = read(line);
    if (found) return keys.has(keyOf(found)) ? [line] : [];
    if (other && line.endsWith(' 17 18')) return [];
    if (dynDns && line.startsWith('$dyndns=')) return [`$dyndns=yes:user:${dynDns.password}`];
    return [line];
  });
  const fresh = wanted
    .filter((one) => !there.has(keyOf(one)))
    .map(({ name, type, ttl, record }) =>
      type === 'TXT' ? `${name} TXT 0 "${record}" ${ttl}` : `${name} ${type} 0 ${record} ${ttl}`,
    );
  return { stays, fresh };
}

/** A version, with the password and the addresses of the present. */
function restored(base: readonly string[], version: readonly string[]): string[] {
  return version.map((line) => {
    const start = line.startsWith('$dyndns=')
      ? '$dyndns='
      : (/^\S+ DYNA(?:AAA)? /.exec(line)?.[0] ?? line);
    return base.find((present) => present.startsWith(start)) ?? line;
  });
}
