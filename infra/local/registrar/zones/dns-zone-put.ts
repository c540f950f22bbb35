import type { Dialect } from '../dialect.ts';
import { done, refused, unknown } from '../requests/outcome.ts';
import { ANYTHING, DOMAIN } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { readZone } from './read-zone.ts';
import { replaceZone } from './zone.ts';

/**
 * Replaces a zone, at once: it has a Proc-ID like what is queued, yet every recorded read after it
 * shows the new zone, and nothing tells of a result. A faulty line refuses all of it.
 */
export function dnsZonePut({ txtForm }: Dialect): ImmediateRequest {
  return {
    name: 'dns-zone-put',
    access: 'modify',
    required: { domain: DOMAIN, zone: ANYTHING },
    mayBeEmpty: ['zone'],
    answer: ({ params, account, atMs }) => {
      const name = nameIn(params, 'domain');
      const former = account.zones.get(name);
      if (!former) return unknown(`Zone ${name}`);
      const read = readZone(params.get('zone') ?? '', txtForm);
      if ('errors' in read) return refused(2400, read.errors);
      account.zones.set(name, replaceZone(former, read.zone, atMs));
      return done('', [['Proc-ID', account.nextNumber()]]);
    },
  };
}
