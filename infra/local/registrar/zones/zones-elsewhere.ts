import { isIPv6 } from 'node:net';
import type { Account } from '../account/account.ts';
import { takeZone } from './read-zone.ts';
import { showZone } from './show-zone.ts';
import { replaceZone, type Zone } from './zone.ts';

/** What happens to zones without DMAPI. All throw where the account has no such zone. */
export interface ZonesElsewhere {
  /**
   * A zone as it is kept now, the DynDNS password included: the text of a read without delay and in
   * the verbatim form, whatever the dialect.
   */
  zone(domain: string): string;
  /**
   * Replaces a zone as the registrar's pages could: from its text as kept to another text. Nothing is
   * judged, so it may come to hold what no write would be allowed.
   */
  editZone(domain: string, edit: (text: string) => string): void;
  /**
   * Does what a router does through the DynDNS service: gives the DYNA (or, for IPv6, DYNAAAA) lines
   * of a label another address. Throws where DynDNS is off or there is no such line.
   */
  setDynamicAddress(domain: string, label: string, address: string): void;
}

/** What they need of the registrar. */
export interface ElsewhereOptions {
  readonly account: Pick<Account, 'zones'>;
  readonly now: () => number;
  /** Has happen what was to happen by now. */
  readonly catchUp: () => void;
}

/** Gives access to the zones of an account. */
export function zonesElsewhere({ account, now, catchUp }: ElsewhereOptions): ZonesElsewhere {
  const find = (domain: string) => {
    catchUp();
    const zone = account.zones.get(domain);
    if (!zone) throw new Error(`The simulated account has no zone ${domain}`);
    return zone;
  };
  return {
    zone: (domain) => showZone(find(domain), 'verbatim'),
    editZone: (domain, edit) => {
      const former = find(domain);
      const zone = takeZone(edit(showZone(former, 'verbatim')));
      account.zones.set(domain, replaceZone(former, zone, now()));
    },
    setDynamicAddress: (domain, label, address) => {
      const former = find(domain);
      const zone = withAddress(former, label, address);
      if (!zone) throw new Error(`The zone ${domain} has no dynamic address at ${label}`);
      account.zones.set(domain, replaceZone(former, zone, now()));
    },
  };
}

/** The zone with another address in the dynamic lines of that label; undefined where it has none. */
function withAddress(zone: Zone, label: string, address: string): Zone | undefined {
  const start = `${label} ${isIPv6(address) ? 'DYNAAAA' : 'DYNA'} `;
  const isOn = zone.dynDns.startsWith('yes:');
  if (!isOn || !zone.lines.some((line) => line.startsWith(start))) return undefined;
  const lines = zone.lines.map((line) =>
    line.startsWith(start) ? line.replace(/^(\S+ \S+ \S+) \S+/, `$1 ${address}`) : line,
  );
  return { ...zone, lines };
}
