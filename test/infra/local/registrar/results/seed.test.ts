import { expect, test } from '@jest/globals';
import { seedResults } from '../../../../../infra/local/registrar/seed.ts';
import { NOON, openRegistrar, rowsOf } from '../open-registrar.ts';

const ALL = { pending: '1', showall: '1' };

test('the seed has results of every sort, and the newest settles after a while', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  for (const result of seedResults(NOON, 3000)) registrar.addResult(result);
  const statuses = async (params: Record<string, string>) =>
    rowsOf(await ask('result-list', params)).map((row) => row[5]);
  expect(await statuses(ALL)).toEqual(['pending', 'ack', 'ack', 'nack', 'ack', 'ack', 'ack']);
  expect(await statuses({ pending: '1' })).toHaveLength(6);
  pass(2999);
  expect((await statuses(ALL))[0]).toBe('pending');
  pass(1);
  expect((await statuses(ALL))[0]).toBe('ack');
});
