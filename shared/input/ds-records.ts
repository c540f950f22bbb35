import * as z from 'zod/mini';
import { wholeNumber } from './body.ts';
import { textLike } from './text.ts';

const octet = wholeNumber(0, 255);
const twoOctets = wholeNumber(0, 65_535);

/** RFC 4034, section 5: what a parent zone publishes of a child's key. */
const delegationSigner = z.strictObject({
  keyTag: twoOctets,
  algorithm: octet,
  digestType: octet,
  digest: textLike(/^([\dA-Fa-f]{2}){1,128}$/, 'pairs of hexadecimal digits'),
});

/** RFC 4034, section 2: the key itself, which the registry of .de wants. */
const dnsKey = z.strictObject({
  protocol: octet,
  algorithm: octet,
  flags: twoOctets,
  publicKey: textLike(/^[\dA-Za-z+/]{4,2048}={0,2}$/, 'base64'),
});

const RECORD =
  'must be {keyTag, algorithm, digestType, digest}, or for .de {protocol, algorithm, flags, publicKey}';
const MESSAGE = 'must be a list of at most 6 records';

/** DNSSEC data of a domain; an empty list removes DNSSEC. */
export const dsRecords = z.pipe(
  z.array(z.union([delegationSigner, dnsKey], RECORD), MESSAGE).check(z.maxLength(6, MESSAGE)),
  z.transform((records) => ({
    dnssec: records.length > 0 ? '1' : '0',
    ...Object.fromEntries(records.map((record, i) => [`ds-${i + 1}`, toWire(record)])),
  })),
);

type DsRecord = z.output<typeof delegationSigner> | z.output<typeof dnsKey>;

function toWire(record: DsRecord): string {
  if ('digest' in record) {
    const { keyTag, algorithm, digestType, digest } = record;
    return [keyTag, algorithm, digestType, digest].join(':');
  }
  const { protocol, algorithm, flags, publicKey } = record;
  return [protocol, algorithm, flags, publicKey].join(':');
}
