import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleFunctions } from '../../infra/bundling.ts';
import { startAccount } from '../bench/account.ts';
import { startFunctionProcess } from '../bench/function-process.ts';

const MEMORY_MB = 256;
/** A run reads for 40 seconds: each is over after so many requests at the most. */
const PASSING = { EVERY: '40', PASSES_MS: '45000' };
const PASSING_TIME = new URL('./passing-time.mjs', pathToFileURL(import.meta.filename));

let bundles: string;

beforeAll(async () => {
  bundles = await mkdtemp(path.join(tmpdir(), 'bundles-'));
  await bundleFunctions(bundles);
});

afterAll(() => rm(bundles, { recursive: true }));

test('a first run over 100,000 results takes several short runs and less memory than there is', async () => {
  const account = await startAccount(100_000, 20);
  const reconciler = await startFunctionProcess({
    bundle: path.join(bundles, 'reconcile-results.mjs'),
    env: {
      ...account.env,
      ...PASSING,
      PUBLISH_HISTORY: 'false',
      NODE_OPTIONS: `--import ${PASSING_TIME}`,
    },
    memoryMb: MEMORY_MB,
  });
  try {
    let runs = 1;
    let call = await reconciler.call({});
    for (; call.result.outcome === 'unfinished' && runs < 100; runs++) {
      expect(call.result.sweepOffset).toEqual(expect.any(Number));
      call = await reconciler.call({});
    }
    expect(call.result).toMatchObject({ outcome: 'completed', stillPending: 20 });
    expect(runs).toBeGreaterThan(1);
    expect(call.peakMb).toBeLessThan(MEMORY_MB);
    expect(account.eventBridge.delivered).toHaveLength(20);
  } finally {
    reconciler.close();
    await account.close();
  }
});
