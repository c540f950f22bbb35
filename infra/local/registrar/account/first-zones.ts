import { newZone, type Zone } from '../zones/zone.ts';

/** The zones of the first domains: together they have a line of every type, some are empty. */
export function firstZones(names: readonly string[]): Map<string, Zone> {
  return new Map(names.map((name) => [name, newZone(FIRST_ZONES[name], FIRST_DYN_DNS[name])]));
}

const FIRST_DYN_DNS: Readonly<Record<string, string>> = {
  'example.com': 'yes:simulated-router:simulated-dyndns-password',
};

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
    'lab NS 0 ns1.example.net. 86400',
    'home DYNA 0 192.0.2.99 60',
    'home DYNAAAA 0 2001:db8::99 60',
    'go URL 0 https://www.example.com/welcome 86400',
    'shop FRAME 0 https://shop.example.net/ 86400 0 0 "" "" "The shop of Example" ""',
    'info MAILFW 0 alex@example.com 86400 0 0 1',
  ],
  'example.net': ['localhost A 0 127.0.0.1 3600', 'docs CNAME 0 docs.example.com 3600'],
  'gold.example': ['@ A 0 192.0.2.2 86400'],
  'xn--bcher-kva.example': [
    '@ A 0 192.0.2.3 86400',
    'xn--lden-loa CNAME 0 xn--bcher-kva.example. 3600',
    '@ MX 10 mail.example.com. 86400',
    // Not in example.com: lexicon leaves out its parameters whatever it writes, and is refused.
    '@ NAPTR 10/100 _sip._udp.example.com. 3600 0 0 "S" "SIP+D2U" ""',
  ],
};
