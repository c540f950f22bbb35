import * as z from 'zod/mini';
import { defineAction, type ReplyOf } from '../action.ts';
import { idempotencyKey } from '../input/idempotency-key.ts';
import { noSuchOrder, STATES } from '../orders/order-facts.ts';

export const reply = () =>
  z.strictObject({
    orders: z.array(
      z.strictObject({
        action: z.string(),
        state: z
          .enum(STATES)
          .check(z.describe('unknown: sent, and nobody can tell yet whether it arrived.')),
        requestObject: z.nullable(z.string()),
        svTrId: z.nullable(z.string()),
        procId: z.nullable(z.string()),
        clTrId: z.nullable(z.string()),
        sentAt: z.nullable(z.string()).check(z.describe('null where nothing has been sent.')),
      }),
    ),
  });

export const example = () => ({
  input: { key: 'order-4711' },
  reply: {
    orders: [
      {
        action: 'domain-renew',
        state: 'pending',
        requestObject: 'example.org',
        svTrId: '01dd7b8f013764167ed0e21db8e4e555',
        procId: '104000007',
        clTrId: null,
        sentAt: '2026-11-23T20:10:02.000Z',
      },
    ],
  },
});

export const action = defineAction({
  name: 'order',
  group: 'account',
  method: 'GET',
  access: 'read',
  looksUpOrders: true,
  summary:
    'Tells what was ordered with an Idempotency-Key of yours. It places and resolves nothing.',
  input: z.strictObject({ key: idempotencyKey }),
  async run(_session, { key }, deadline, { caller, orders }): Promise<ReplyOf<typeof reply>> {
    const found = await (await orders()).withKey(key, { caller, deadline });
    if (found.length === 0) throw noSuchOrder();
    return { orders: [...found] };
  },
});
