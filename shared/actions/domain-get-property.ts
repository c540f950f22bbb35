import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { oneOf } from '../input/text.ts';
import { propertyReply, readProperty } from '../reply/property.ts';

export const reply = propertyReply;

export const example = () => ({
  input: { domain: 'example.com', property: 'autorenew' },
  reply: { property: 'autorenew', value: true },
});

export const action = defineRequest({
  name: 'domain-get-property',
  group: 'domains',
  method: 'GET',
  access: 'read',
  summary: 'Reads autorenew, whois-opt-out or privacy of a domain.',
  input: {
    domain,
    property: oneOf(['autorenew', 'whois-opt-out', 'privacy']),
  },
  read: (answer, { property }) => readProperty(answer, property),
});
