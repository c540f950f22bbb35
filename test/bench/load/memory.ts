import { median, round } from '../statistics.ts';
import type { Table } from '../table.ts';
import type { Phase } from './phases.ts';
import type { Look } from './server.ts';

/** The memory at one moment. */
export interface Sample extends Pick<Look, 'rssMb' | 'heapMb'> {
  /** Since the first call. */
  readonly atMs: number;
  readonly phase: Phase;
}

/**
 * By how much the last third of the last phase may be over its first third. What is held after
 * collecting is judged strictly. All that the process has taken also holds what eight heaps keep
 * before they collect, and for some minutes that is more and more; what a function holds after
 * collecting is a bench of its own.
 */
const MAX_GROWTH = { rssMb: 0.25, heapMb: 0.1 } as const;
const FIRST_MS = 20_000;

/** The memory in the course of time; tells what is broken if it is not flat. */
export function listMemory(samples: readonly Sample[], broken: string[]): Table {
  const last = samples.at(-1);
  const steady = samples.filter(({ phase }) => phase === last?.phase);
  const third = Math.ceil(steady.length / 3);
  const early = steady.slice(0, third);
  const late = steady.slice(-third);
  const at20s = samples.filter(({ atMs }) => atMs >= FIRST_MS).slice(0, 1);
  const rows = (['rssMb', 'heapMb'] as const).map((name) => {
    const of = (some: readonly Sample[]) => median(some.map((sample) => sample[name]));
    const growth = of(late) / of(early) - 1;
    const memory = name === 'rssMb' ? 'RSS, all threads' : 'heap of the main thread after GC';
    if (!(growth <= MAX_GROWTH[name])) {
      const percent = Math.round(growth * 100);
      broken.push(`The memory (${memory}) has grown by ${percent} % in the last phase.`);
    }
    return {
      memory,
      'MB at 20 s': round(of(at20s), 1),
      'MB, first third': round(of(early), 1),
      'MB, last third': round(of(late), 1),
      'MB at the end': round(last?.[name] ?? Number.NaN, 1),
      'growth %': round(growth * 100),
      'allowed %': MAX_GROWTH[name] * 100,
      'MB/min': round(slope(steady.map((sample) => [sample.atMs / 60_000, sample[name]])), 1),
    };
  });
  return { title: 'Load: memory', rows };
}

/** By least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, it) => sum + it, 0) / of.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const over = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return over / mean(points.map(([x]) => (x - meanX) ** 2));
}
