import { test } from '@jest/globals';
import * as fc from 'fast-check';
import { captureLog } from '../../captured-log.ts';
import { play } from './play.ts';
import { schedule } from './schedule.ts';

const CASES = 25;

/** Rows that cannot be read are logged in every run. */
captureLog();

test('loses nothing and makes nothing up, whatever happens in whatever order', async () => {
  await fc.assert(fc.asyncProperty(schedule, play), { numRuns: CASES });
});
