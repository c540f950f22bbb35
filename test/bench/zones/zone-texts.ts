/** A zone of so many records of the usual types, as dns-zone-get gives it. */
export function mixedZone(count: number): string {
  const records = Array.from({ length: count }, (_, n) => KINDS[n % KINDS.length]?.(n) ?? '');
  return toText(records);
}

/** A zone of so many TXT records, each of the size of a DKIM key of 2,048 bits. */
export function dkimZone(count: number): string {
  const records = Array.from(
    { length: count },
    (_, n) => `s${n}._domainkey TXT 0 "v=DKIM1; k=rsa; p=${digits(n)}" 3600`,
  );
  return toText(records);
}

const KINDS: readonly ((n: number) => string)[] = [
  (n) => `host-${n} A 0 192.0.2.${n % 250} 86400`,
  (n) => `txt-${n} TXT 0 "v=spf1 include:spf-${n}.example -all" 3600`,
  (n) => `host-${n} MX 10 mail-${n}.example.com. 86400`,
  (n) => `_ldap-${n}._tcp SRV 10/100 ldap-${n}.example.com:389 3600`,
  (n) => `www-${n} CNAME 0 host-${n}.example.com. 3600`,
];

const DKIM_CHARACTERS = 392;

/** Different for each record, and hard to deflate. */
function digits(n: number): string {
  let text = '';
  for (let x = n + 1; text.length < DKIM_CHARACTERS; ) {
    x = (x * 48_271) % 2_147_483_647;
    text += x.toString(36);
  }
  return text.slice(0, DKIM_CHARACTERS);
}

function toText(records: readonly string[]): string {
  return ['$dnssec=no', '$dyndns=no::', ...records, ''].join('\n');
}
