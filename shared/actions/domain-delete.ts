import * as z from 'zod/mini';
import { defineQueued } from '../action.ts';
import { forced } from '../input/body.ts';
import { domain } from '../input/domain-name.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-delete', { domain: 'first-steps.example', force: true });

export const action = defineQueued({
  name: 'domain-delete',
  group: 'domains',
  access: 'modify',
  summary: 'Deletes a domain. Bringing it back costs a redemption.',
  input: {
    domain,
    /** Needed once the domain is older than three days. */
    force: z.optional(forced),
    /** Other than the default for .de and .at only, as far as is known. */
    type: z.optional(oneOf(['endoflife', 'immediate', 'transit'])),
  },
});
