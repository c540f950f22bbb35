import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import type { Loose } from '../../functions/bad-request.ts';
import { createGate } from '../reconciler/gate.ts';
import { closeRigs } from '../reconciler/reconciling.ts';
import { REGISTER, RENEW, startOrderRig, TRANSFER } from './ordering.ts';
import { createTruth } from './truth.ts';

captureLog();

const MINUTE_MS = 60_000;

const ORDERS: readonly (readonly [string, Loose])[] = [
  ['domain-register', REGISTER],
  ['domain-renew', RENEW],
  ['domain-transfer-in-reseller', TRANSFER],
];
/**
 * How a call breaks at one of its steps: the step fails; or it is carried out and its answer lost; or
 * it is carried out and the function is dead, so that nothing it does afterwards has any effect.
 */
const CRASHES = ['fails', 'answer lost', 'dies'] as const;

function breaking(crash: (typeof CRASHES)[number], at: number) {
  return createGate({
    arrive: () => {},
    breaks(step) {
      if (step === at) return crash === 'fails' ? 'before' : 'after';
      return crash === 'dies' && step > at ? 'before' : undefined;
    },
    refuses: () => false,
  });
}

/** An order whose caller breaks at that step and comes back until it has been told. */
async function orderBroken(
  [action, input]: (typeof ORDERS)[number],
  crash: (typeof CRASHES)[number],
  at: number,
) {
  const rig = await startOrderRig({ settleAfterMs: 20 * MINUTE_MS });
  const truth = createTruth(rig);
  const session = truth.watch(rig.elsewhere, { by: 'k', allowDuplicate: false });
  const gate = breaking(crash, at);
  const broken = rig.place({
    session: gate.session(session),
    openTable: (account, deadline) => gate.table(rig.openOrders(account, deadline)),
  });
  const { call } = rig.place({ session });
  const answers = [await broken.call(action, input, { key: 'k' })];
  for (const ms of [1000, 31_000, 10 * MINUTE_MS, MINUTE_MS, MINUTE_MS]) {
    if (answers.at(-1)?.status === 202) break;
    rig.clock.nowMs += ms;
    answers.push(await call(action, input, { key: 'k' }));
  }
  return { rig, truth, answers, call, steps: gate.steps };
}

describe.each(ORDERS)('%s', (action, input) => {
  test.each(CRASHES)('is carried out once, and told, when any one step %s', async (crash) => {
    for (let at = 1; ; at++) {
      const { rig, truth, answers, call, steps } = await orderBroken([action, input], crash, at);
      if (steps < at) break;
      const told = answers.map(({ status, problem }) => problem ?? status);
      const context = `step ${at}: ${told}`;
      expect([context, truth.carried.length]).toEqual([context, 1]);
      expect([context, told.at(-1)]).toEqual([context, 202]);
      expect(answers.at(-1)?.json.svTrId).toBe(truth.carried[0]?.svTrId);

      // Once it has settled nobody is kept back by it, though nobody has asked for it.
      rig.clock.nowMs += 21 * MINUTE_MS;
      await rig.run();
      await rig.attend();
      expect([context, await rig.orders.query('open/')]).toEqual([context, []]);
      const settled = await call(action, input, { key: 'k' });
      expect([context, settled.status, settled.json.status]).toEqual([context, 200, 'ack']);
      expect(truth.carried).toHaveLength(1);
      await closeRigs();
    }
  });
});
