import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { propertyValue, propertyValueFits } from '../input/property-value.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-set-property', {
    domain: 'example.org',
    property: 'autorenew',
    value: true,
  });

export const action = defineQueued({
  name: 'domain-set-property',
  group: 'domains',
  access: 'modify',
  summary: 'Sets autorenew, whois-opt-out or privacy of a domain; null goes back to the default.',
  input: {
    domain,
    property: oneOf(['autorenew', 'whois-opt-out', 'privacy']),
    value: propertyValue,
  },
  rule: propertyValueFits,
});
