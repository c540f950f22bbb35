import { listReply } from '../requests/list-reply.ts';
import { PATTERN } from '../requests/parameter-kinds.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest } from '../requests/request.ts';

/** Two columns without a Columns header: the registrar's own program prints the second as a date. */
export const dnsZoneList: ImmediateRequest = {
  name: 'dns-zone-list',
  access: 'read',
  tracked: false,
  optional: { pattern: PATTERN },
  answer: ({ params, account }) => {
    const matches = compilePattern(params.get('pattern') || '*');
    const names = [...account.zones.keys()].filter(matches).sort();
    return listReply(names.map((name) => [name, account.domains.get(name)?.expires ?? '-']));
  },
};
