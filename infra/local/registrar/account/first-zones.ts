import { newZone, type Zone } from '../zones/zone.ts';

/** The zones of the first domains; most are empty. */
export function firstZones(names: readonly string[]): Map<string, Zone> {
  return new Map(names.map((name) => [name, newZone(FIRST_ZONES[name])]));
}

const FIRST_ZONES: Readonly<Record<string, readonly string[]>> = {
  'example.com': [
    '@ A 0 192.0.2.1 86400',
    '@ AAAA 0 2001:db8::1 86400',
    '@ MX 10 mail.example.com. 86400',
    '@ TXT 0 "v=spf1 mx -all" 3600',
    'www CNAME 0 example.com. 86400',
    'mail A 0 192.0.2.25 86400',
    '_dmarc TXT 0 "v=DMARC1; p=none" 3600',
    '_ldap._tcp SRV 10/100 ldap.example.com:389 3600',
    '@ CAA 0 issue "letsencrypt.org" 86400',
    'go URL 0 https://www.example.com/welcome 86400',
    'info MAILFW 0 alex@example.com 86400 0 0 1',
  ],
  'example.net': ['localhost A 0 127.0.0.1 3600', 'docs CNAME 0 docs.example.com 3600'],
  'gold.example': ['@ A 0 192.0.2.2 86400'],
};
