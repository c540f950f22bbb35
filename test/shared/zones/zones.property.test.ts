import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { captureLog } from '../../captured-log.ts';
import { play } from './play.ts';
import { schedule } from './schedule.ts';
import { closeRigs } from './zoning.ts';

const CASES = 25;

const log = captureLog();

test('no write is lost, and none of what nobody changes, whatever happens in whatever order', async () => {
  const playOne = (commands: Parameters<typeof play>[0]) => play(commands).finally(closeRigs);
  await fc.assert(fc.asyncProperty(schedule, playOne), { numRuns: CASES });
  expect(log.text()).not.toContain('canary');
});
