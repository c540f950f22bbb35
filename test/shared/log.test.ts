import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { inRequest, log } from '../../shared/log.ts';
import { reconcileOnSchedule } from '../../shared/reconciler/on-schedule.ts';
import { captureLog } from '../captured-log.ts';

const captured = captureLog();

test('a line has the fields that are named, and a level', () => {
  log().info('one', { a: 1 });
  log().warn('two', {});
  log().error('three', { b: { c: null } });
  expect(captured.entries()).toMatchObject([
    { level: 'INFO', message: 'one', a: 1 },
    { level: 'WARN', message: 'two' },
    { level: 'ERROR', message: 'three', b: { c: null } },
  ]);
  expect(captured.text()).not.toContain('requestId');
});

test('whatever is logged on the way of a request has its id, though others go on beside it', async () => {
  const work = (id: string) =>
    inRequest(id, async () => {
      for (let step = 0; step < 3; step++) {
        await setImmediate();
        log().info('on the way', { of: id });
      }
      return id;
    });
  expect(await Promise.all(['a', 'b'].map(work))).toEqual(['a', 'b']);
  const lines = captured.entries();
  expect(lines).toHaveLength(6);
  for (const { of, requestId } of lines) expect(requestId).toBe(of);
});

test('a run on the schedule is a request as well', async () => {
  const handler = reconcileOnSchedule(() => async () => {
    await setImmediate();
    log().warn('on the way', {});
    throw new Error('A defect.');
  });
  const context = { awsRequestId: 'run-1', getRemainingTimeInMillis: () => 1000 } as Context;
  await expect(handler({}, context)).rejects.toThrow('A defect.');
  expect(captured.entries()).toMatchObject([{ message: 'on the way', requestId: 'run-1' }]);
});
