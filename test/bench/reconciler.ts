import path from 'node:path';
import type { Summary } from '../../shared/reconciler/summary.ts';
import { type Account, startAccount } from './account.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import type { Row, Table } from './table.ts';

/** Settled results in the window. */
const SIZES = [1000, 10_000, 100_000];
const PENDING = 20;
const CHANGES = 10;
const HISTORY = 10_000;
/** What the deployed function has. */
const MEMORY_MB = 256;
const MAX_RUNS = 60;

/**
 * What the reconciler costs, in a process of its own with the memory of the deployed function: the
 * first run, a quiet one and one with a few changes, beside reading the whole list once, which is
 * what a program without a memory would do every minute.
 */
export async function benchReconciler(bundles: string): Promise<Table[]> {
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(...(await measureSize(bundles, size)));
  const title = `Reconciler: cost by size of the list, ${PENDING} results in progress for ten days`;
  return [
    { title, rows },
    { title: 'Reconciler: publishing history', rows: [await measureHistory(bundles)] },
  ];
}

async function measureSize(bundles: string, size: number): Promise<Row[]> {
  return await withReconciler(bundles, size, { PUBLISH_HISTORY: 'false' }, async (account, run) => {
    const rows: Row[] = [];
    const add = (what: string, figures: Row) => rows.push({ settled: size, what, ...figures });
    add('whole list, bare fetch', await measureWhole(account));
    add('first run', await run());
    add('quiet run', await run());
    account.change(CHANGES);
    add(`${CHANGES} changes`, await run());
    return rows;
  });
}

async function measureHistory(bundles: string): Promise<Row> {
  const env = { PUBLISH_HISTORY: 'true' };
  return await withReconciler(bundles, HISTORY, env, async ({ eventBridge }, run) => {
    const { runs, events, ms, 'peak MB': peakMb } = await run();
    const { requests } = eventBridge;
    const full = requests.filter((entries) => entries === 10).length;
    return {
      'settled results': HISTORY,
      runs,
      events,
      ms,
      'events/s': Math.round((events * 1000) / ms),
      'PutEvents calls': requests.length,
      'full batches %': Math.round((100 * full) / requests.length),
      'peak MB': peakMb,
    };
  });
}

async function withReconciler<T>(
  bundles: string,
  settled: number,
  env: Readonly<Record<string, string>>,
  measure: (account: Account, run: () => Promise<Cost>) => Promise<T>,
): Promise<T> {
  const account = await startAccount(settled, PENDING);
  const reconciler = await startFunctionProcess({
    bundle: path.join(bundles, 'reconcile-results.mjs'),
    env: { ...account.env, ...env },
    memoryMb: MEMORY_MB,
  });
  try {
    return await measure(account, () => runToEnd(account, reconciler));
  } finally {
    reconciler.close();
    await account.close();
  }
}

type Cost = Awaited<ReturnType<typeof runToEnd>>;

/** Runs until one is complete, and adds up what all of them have cost. */
async function runToEnd(account: Account, reconciler: FunctionProcess) {
  const before = ledgerCalls(account);
  const cost = {
    runs: 0,
    requests: 0,
    rows: 0,
    events: 0,
    reads: 0,
    writes: 0,
    ms: 0,
    'peak MB': 0,
  };
  while (cost.runs < MAX_RUNS) {
    const { result, durationMs, peakMb } = await reconciler.call({});
    const { outcome, reason, requestsMade, resultsSeen, eventsPublished } = result as Summary;
    cost.runs++;
    cost.requests += requestsMade;
    cost.rows += resultsSeen;
    cost.events += eventsPublished;
    cost.ms = Math.round(cost.ms + durationMs);
    cost['peak MB'] = Math.round(peakMb);
    if (outcome === 'unfinished') continue;
    if (outcome !== 'completed') throw new Error(`The run has ${outcome}: ${reason}`);
    const after = ledgerCalls(account);
    return { ...cost, reads: after.reads - before.reads, writes: after.writes - before.writes };
  }
  throw new Error(`The reconciler has not finished in ${MAX_RUNS} runs.`);
}

function ledgerCalls({ dynamoDb: { calls } }: Account) {
  const sum = (...operations: string[]) =>
    operations.reduce((total, operation) => total + (calls.get(operation) ?? 0), 0);
  return {
    reads: sum('GetItem', 'BatchGetItem', 'Query'),
    writes: sum('PutItem', 'UpdateItem', 'DeleteItem'),
  };
}

async function measureWhole(account: Account): Promise<Cost> {
  const startedAtMs = performance.now();
  const { requests, rows } = await account.readWhole();
  const ms = Math.round(performance.now() - startedAtMs);
  return { runs: 1, requests, rows, events: 0, reads: 0, writes: 0, ms, 'peak MB': 0 };
}
