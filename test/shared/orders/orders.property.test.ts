import { test } from '@jest/globals';
import * as fc from 'fast-check';
import { captureLog } from '../../captured-log.ts';
import { play } from './play.ts';
import { schedule } from './schedule.ts';

const CASES = 25;

/** What breaks is logged in many calls. */
captureLog();

test('no order is sent twice, whatever happens in whatever order', async () => {
  await fc.assert(fc.asyncProperty(schedule, play), { numRuns: CASES });
});
