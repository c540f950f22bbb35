import type { Dialect } from '../dialect.ts';
import { done, unknown } from '../requests/outcome.ts';
import { DOMAIN, FLAG } from '../requests/parameter-kinds.ts';
import { isOn, nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { showZone } from './show-zone.ts';
import { formerZone } from './zone.ts';

/**
 * The whole zone, every line ended, the two settings first. Which lines `include-defaults` adds is
 * open: here the name servers, once even if they were written back.
 */
export function dnsZoneGet({ txtForm }: Dialect): ImmediateRequest {
  return {
    name: 'dns-zone-get',
    access: 'read',
    required: { domain: DOMAIN },
    optional: { 'include-defaults': FLAG },
    answer: ({ params, account, atMs, lag }) => {
      const name = nameIn(params, 'domain');
      const kept = account.zones.get(name);
      if (!kept) return unknown(`Zone ${name}`);
      const zone = lag ? formerZone(kept, atMs, lag.forMs) : kept;
      const hosts = account.domains.get(name)?.nameServers ?? [];
      const defaults = isOn(params, 'include-defaults')
        ? hosts.map((host) => `@ NS 0 ${host}. 86400`).filter((line) => !zone.lines.includes(line))
        : [];
      return done(showZone(zone, txtForm, defaults));
    },
  };
}
