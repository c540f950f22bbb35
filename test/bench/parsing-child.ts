// Reads one reply again and again in a process of its own, and prints what that has cost as JSON.
import { readFileSync } from 'node:fs';
import { parseReply } from '../../shared/dmapi/parse-reply.ts';
import { readResults } from '../../shared/dmapi/result.ts';

export interface ParsingCost {
  readonly firstMs: number;
  /** The median of those after some that nobody counts. */
  readonly warmMs: number;
  /** What the first result holds when everything else is given back, its text included. */
  readonly keptMb: number;
  /** What the process has grown by right after the first reading, garbage included. */
  readonly grownMb: number;
}

const WARM_UPS = 3;
const ROUNDS = 5;
const MB = 1_000_000;

const READERS: Readonly<Record<string, (bytes: Uint8Array) => readonly unknown[]>> = {
  baseline: splitOnly,
  parser: (bytes) => readResults(parseReply(bytes)).rows,
};

const [, , reader = '', file = ''] = process.argv;
const read = READERS[reader];
if (!read) throw new Error(`No reader is called ${reader}.`);
process.stdout.write(JSON.stringify(measure(read, new Uint8Array(readFileSync(file)))));

function splitOnly(bytes: Uint8Array): string[][] {
  const rows: string[][] = [];
  for (const line of new TextDecoder().decode(bytes).split('\n')) rows.push(line.split(' '));
  return rows;
}

function measure(read: (bytes: Uint8Array) => readonly unknown[], bytes: Uint8Array): ParsingCost {
  const [heldBefore, { rss }] = [heldBytes(), process.memoryUsage()];
  const first = time(() => read(bytes));
  const grownMb = (process.memoryUsage().rss - rss) / MB;
  const keptMb = (heldBytes() - heldBefore) / MB;
  // Also keeps the result alive until here: what nobody looks at could be given back too early.
  if (first.result.length === 0) throw new Error('There was nothing to read.');

  // Nothing is given back by force from here on: a warm function is not helped either.
  const rounds = Array.from({ length: WARM_UPS + ROUNDS }, () => time(() => read(bytes)).ms);
  const counted = rounds.slice(WARM_UPS).sort((a, b) => a - b);
  return { firstMs: first.ms, warmMs: counted[ROUNDS >> 1] ?? Number.NaN, keptMb, grownMb };
}

function time<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const startedAtMs = performance.now();
  const result = work();
  return { result, ms: performance.now() - startedAtMs };
}

function heldBytes(): number {
  if (!globalThis.gc) throw new Error('This needs --expose-gc.');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
