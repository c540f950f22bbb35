import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { domain, host } from '../input/domain-name.ts';
import { handle } from '../input/handle.ts';
import { flag } from '../input/query.ts';
import { exactlyOne } from '../input/rules.ts';
import { moment } from '../reply/cells.ts';
import { keyValuesReply, readKeyValues } from '../reply/key-values.ts';

const MOMENT = /\.(date|expires)$/i;

export const reply = keyValuesReply;

export const example = () => ({
  input: { host: 'ns1.example.org' },
  reply: {
    host: {
      fqdn: 'ns1.example.org',
      ipAddress: '192.0.2.54',
      created: { date: '2024-11-23T20:10:02' },
    },
  },
});

export const action = defineRequest({
  name: 'query-whois',
  group: 'domains',
  method: 'GET',
  access: 'read',
  summary: 'Reads what the registrar has of one domain, contact or host of the account.',
  input: {
    domain: z.optional(domain),
    contact: z.optional(handle),
    host: z.optional(host),
    /** What the registrar holds, and not what it shows where privacy is bought. */
    internal: z.optional(flag),
  },
  rule: exactlyOne('domain', 'contact', 'host'),
  read: (answer) =>
    readKeyValues(answer, (key, value) => (MOMENT.test(key) && moment(value)) || value),
});
