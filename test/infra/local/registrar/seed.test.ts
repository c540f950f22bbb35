import { expect, test } from '@jest/globals';
import { openRegistrar, rowsOf } from './open-registrar.ts';

const ALL = { pending: '1', showall: '1' };

test('a seeded registrar has results of every sort, and the newest settles after 3 s', async () => {
  const { ask, pass } = await openRegistrar({ seed: true });
  const statuses = async (params: Record<string, string>) =>
    rowsOf(await ask('result-list', params)).map((row) => row[5]);
  expect(await statuses(ALL)).toEqual(['?', 'ack', 'ack', 'nack', 'ack', 'ack', 'ack']);
  expect(await statuses({ pending: '1' })).toHaveLength(6);
  pass(2999);
  expect((await statuses(ALL))[0]).toBe('?');
  pass(1);
  expect((await statuses(ALL))[0]).toBe('ack');
});

test('without a seed there is nothing', async () => {
  const { ask } = await openRegistrar();
  expect((await ask('result-list', ALL)).body).toBe('');
});
