import { defineRequest } from '../action.ts';
import { tld } from '../input/domain-name.ts';
import { keyValuesReply, readKeyValues } from '../reply/key-values.ts';

export const reply = keyValuesReply;

export const example = () => ({ input: { tld: 'com' }, reply: { tld: 'com', dnssec: 'dsdata' } });

export const action = defineRequest({
  name: 'inquire-tld',
  group: 'catalogue',
  method: 'GET',
  access: 'read',
  summary: 'Reads the properties of one top level domain.',
  input: {
    tld,
  },
  read: (answer) => readKeyValues(answer),
});
