import { defineOrder } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () => queuedExample('domain-redeem', { domain: 'example.org' });

export const action = defineOrder({
  name: 'domain-redeem',
  group: 'domains',
  access: 'cost',
  summary: 'Brings a deleted domain back from the redemption period.',
  terms: { operation: 'restore', takesMaxPrice: false },
  input: {
    domain,
  },
});
