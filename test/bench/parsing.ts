import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../infra/bundling.ts';
import type { ParsingCost } from './parsing-child.ts';
import { inTurn, median, round } from './statistics.ts';
import type { Row, Table } from './table.ts';

const ROWS = 100_000;
const PROCESSES = 5;
const MB = 1_000_000;
const NEWEST_MS = Date.parse('2026-06-01T00:00:00Z');
/** So that the rows fill the 90 days that the registrar lists. */
const STEP_MS = 77_000;
const REQUESTS = ['domain-renew', 'domain-register', 'domain-modify', 'create-com-order'];
const READERS = ['baseline', 'parser'] as const;

type Reader = (typeof READERS)[number];

/** The wire's two forms of a timestamp. */
const TIMESTAMPS: Readonly<Record<string, (iso: string) => string>> = {
  ISO: (iso) => iso,
  '14 digits': (iso) => iso.replace(/\D/g, ''),
};

/**
 * What typed rows cost beside the least that can be done with the same bytes: decoding them and
 * splitting the text into lines and cells. Each reading has a fresh process; the two take turns, so
 * that whatever else the machine does meets both. The parser is bundled as it is deployed.
 */
export async function benchParsing(bundles: string): Promise<Table[]> {
  const child = await bundleChild(bundles);
  const rows: Row[] = [];
  for (const form of Object.keys(TIMESTAMPS)) {
    const text = writeReply(TIMESTAMPS[form]);
    const file = path.join(bundles, 'reply.txt');
    await writeFile(file, text);
    rows.push(...compare(form, text.length / MB, await measure(child, file)));
  }
  return [{ title: 'Parsing: a reply of result-list, from bytes to typed rows', rows }];
}

async function bundleChild(outdir: string): Promise<string> {
  const name = 'parsing-child';
  await bundle({ [name]: path.join(import.meta.dirname, `${name}.ts`) }, outdir);
  return path.join(outdir, `${name}.mjs`);
}

function writeReply(writeTimestamp: (iso: string) => string = (iso) => iso): string {
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const iso = new Date(NEWEST_MS - n * STEP_MS).toISOString().slice(0, 19);
    const svTrId = `01dac0b3${n.toString(16).padStart(24, '0')}`;
    const status = n % 9 === 0 ? 'nack' : 'ack';
    const clTrId = n % 3 === 0 ? `order-${n}` : '-';
    const request = REQUESTS[n % REQUESTS.length];
    const cells = [svTrId, 100_000_000 + n, request, `example-${n}.com`, status, clTrId];
    return [writeTimestamp(iso), ...cells].join(' ');
  });
  return ['Status-Code: 0', 'Result: ACK', `Row-Count: ${ROWS}`, '', ...rows].join('\n');
}

async function measure(child: string, file: string): Promise<Record<Reader, ParsingCost[]>> {
  const costs: Record<Reader, ParsingCost[]> = { baseline: [], parser: [] };
  for (let n = 0; n < PROCESSES; n++) {
    for (const reader of inTurn(n, ...READERS))
      costs[reader].push(await measureOnce(child, reader, file));
  }
  return costs;
}

async function measureOnce(child: string, reader: Reader, file: string): Promise<ParsingCost> {
  const args = ['--expose-gc', child, reader, file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

function compare(form: string, textMb: number, costs: Record<Reader, ParsingCost[]>): Row[] {
  const baseline = medians(costs.baseline);
  return READERS.map((reader) => {
    const cost = medians(costs[reader]);
    return {
      timestamps: form,
      what: reader === 'baseline' ? 'decode and split only' : 'typed rows',
      rows: ROWS,
      'text MB': round(textMb, 1),
      'ms first': round(cost.firstMs),
      'ratio first': round(cost.firstMs / baseline.firstMs, 2),
      'ms warm': round(cost.warmMs),
      'ratio warm': round(cost.warmMs / baseline.warmMs, 2),
      'MB kept': round(cost.keptMb, 1),
      'MB kept / text': round(cost.keptMb / textMb, 2),
      'MB grown': round(cost.grownMb, 1),
      'MB grown / text': round(cost.grownMb / textMb, 2),
    };
  });
}

function medians(costs: readonly ParsingCost[]): ParsingCost {
  const middle = (name: keyof ParsingCost) => median(costs.map((cost) => cost[name]));
  return {
    firstMs: middle('firstMs'),
    warmMs: middle('warmMs'),
    keptMb: middle('keptMb'),
    grownMb: middle('grownMb'),
  };
}
