import { expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const FIFTY = Array.from({ length: 50 }, (_, n) => n);

test('fifty calls with one key are one order, and their answers agree', async () => {
  const { place, sent } = await startOrderRig();
  const places = [place(), place(), place()];
  const ask = (n: number) => places[n % 3]?.call('domain-register', REGISTER, { key: 'k' });
  const answers = await Promise.all(FIFTY.map(ask));
  const accepted = answers.filter((answer) => answer?.status === 202);
  const others = answers.filter((answer) => answer?.status !== 202);
  expect(sent('domain-register')).toHaveLength(1);
  expect(new Set(accepted.map((answer) => answer?.json.svTrId)).size).toBe(1);
  const first = accepted.filter((answer) => !answer?.headers['idempotent-replayed']);
  expect(first).toHaveLength(1);
  expect(new Set(others.map((answer) => answer?.problem))).toEqual(new Set(['order-in-progress']));
  for (const answer of others) {
    expect([answer?.status, answer?.headers['retry-after']]).toEqual([409, '2']);
  }
  expect(await ask(0)).toMatchObject({ status: 202, json: first[0]?.json });
});

test('fifty keys for one domain are one order and 49 duplicates', async () => {
  const { place, sent } = await startOrderRig();
  const places = [place(), place(), place()];
  const answers = await Promise.all(
    FIFTY.map((n) => places[n % 3]?.call('domain-renew', RENEW, { key: `k${n}` })),
  );
  const problems = answers.map((answer) => answer?.problem ?? answer?.status);
  expect(sent('domain-renew')).toHaveLength(1);
  expect(problems.filter((problem) => problem === 202)).toHaveLength(1);
  expect(problems.filter((problem) => problem === 'duplicate-order')).toHaveLength(49);
});

test('two sessions of one role are one caller, two roles are two', async () => {
  const { call, sent } = await startOrderRig();
  const as = (caller: string, name: string) =>
    call('domain-register', { ...REGISTER, domain: `${name}.example` }, { key: 'k', caller });
  await Promise.all([as('AROAONE:task-1', 'one'), as('AROAONE:task-2', 'one')]);
  expect(sent('domain-register')).toHaveLength(1);
  expect((await as('AROATWO:task-1', 'two')).status).toBe(202);
  expect(sent('domain-register')).toHaveLength(2);
});
