import type { Account } from '../account/account.ts';
import { malformed, refused, unknown } from '../requests/outcome.ts';
import { HOST, IPV4, IPV4_OR_NONE, IPV6, IPV6_OR_NONE } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';

const NONE = '-';

/** Registers a name server. */
export const nsCreate: QueuedRequest = {
  name: 'ns-create',
  aliases: ['host-create'],
  access: 'modify',
  object: 'host',
  required: { host: HOST, ip: IPV4 },
  optional: { ipv6: IPV6 },
  plan: ({ params, account, object: name, dueAtMs }) => {
    if (account.hosts.has(name)) return refused(2302, [`Host ${name} exists`]);
    const ipv4 = params.get('ip') ?? null;
    const ipv6 = params.get('ipv6') || null;
    return {
      carryOut: () => {
        account.hosts.set(name, { name, ipv4, ipv6, createdAtMs: dueAtMs });
      },
    };
  },
};

/**
 * Changes addresses; what is left out stays. Documented with both, "at least one real"; the
 * registrar's own module sends one.
 */
export const nsModify: QueuedRequest = {
  name: 'ns-modify',
  aliases: ['host-modify'],
  access: 'modify',
  object: 'host',
  required: { host: HOST },
  optional: { ip: IPV4_OR_NONE, ipv6: IPV6_OR_NONE },
  oneOf: [['ip'], ['ipv6']],
  plan: ({ params, account, object }) => {
    const host = account.hosts.get(object);
    if (!host) return unknown(`Host ${object}`);
    const after = (name: string, before: string | null) => {
      const value = params.get(name);
      return value ? (value === NONE ? null : value) : before;
    };
    const ipv4 = after('ip', host.ipv4);
    const ipv6 = after('ipv6', host.ipv6);
    if (!ipv4 && !ipv6) return malformed([{ name: 'ip', expected: 'one address at least' }]);
    return {
      carryOut: () => {
        host.ipv4 = ipv4;
        host.ipv6 = ipv6;
      },
    };
  },
};

/** Deletes a name server that no domain uses. */
export const nsDelete: QueuedRequest = {
  name: 'ns-delete',
  aliases: ['host-delete'],
  access: 'modify',
  object: 'host',
  required: { host: HOST },
  plan: ({ account, object }) => {
    if (!account.hosts.has(object)) return unknown(`Host ${object}`);
    const user = userOf(account, object);
    if (user) return { nack: `Host ${object} is a name server of ${user}` };
    return {
      carryOut: () => {
        account.hosts.delete(object);
      },
    };
  },
};

function userOf({ domains }: Account, host: string): string | undefined {
  return [...domains.values()].find(({ nameServers }) => nameServers.includes(host))?.name;
}
