import { listReply } from '../requests/list-reply.ts';
import { FLAG, PATTERN } from '../requests/parameter-kinds.ts';
import { isOn } from '../requests/parameters.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest } from '../requests/request.ts';

/** Names, or with full=1 the addresses too, parted by tabs and `-` for none. */
export const queryNsList: ImmediateRequest = {
  name: 'query-ns-list',
  aliases: ['query-host-list'],
  access: 'read',
  tracked: false,
  optional: { pattern: PATTERN, full: FLAG },
  answer: ({ params, account }) => {
    const matches = compilePattern(params.get('pattern') || '*');
    const hosts = [...account.hosts.values()]
      .filter(({ name }) => matches(name))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    if (!isOn(params, 'full')) return listReply(hosts.map(({ name }) => [name]));
    return listReply(
      hosts.map(({ name, ipv4, ipv6 }) => [name, ipv4 ?? '-', ipv6 ?? '-']),
      { separator: 'tab' },
    );
  },
};
