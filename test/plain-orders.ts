import type { Orders } from '../shared/orders/orders.ts';

type Facts = Awaited<ReturnType<Orders['withKey']>>[number];

/** Orders that are sent as they come, and remembered in memory: for tests of what is not about them. */
export function plainOrders(now: () => number = Date.now): () => Promise<Orders> {
  const placed = new Map<string, Facts[]>();
  const orders: Orders = {
    async place({ action, input, send }, key) {
      const order = await send(input);
      const { requestObject, svTrId, procId, clTrId } = order;
      const known = {
        action: action.name,
        state: 'pending',
        sentAt: new Date(now()).toISOString(),
      };
      const facts = { ...known, requestObject, svTrId, procId, clTrId } as Facts;
      placed.set(key, [...(placed.get(key) ?? []), facts]);
      return { order, isReplayed: false };
    },
    send: ({ input, send }) => send(input),
    dryRun: () => Promise.reject(new Error('There is no dry run here.')),
    withKey: async (key) => placed.get(key) ?? [],
  };
  return async () => orders;
}
