import { isIPv4, isIPv6 } from 'node:net';

/** The fields of a record that its type judges. */
export interface RecordFields {
  readonly pri: string;
  readonly target: string;
  /** The value of a CAA. */
  readonly value: string | undefined;
  readonly parameters: readonly string[];
}

/** What one type of record takes. TXT, whose text can hold anything, is read by itself. */
export interface RecordType {
  /** What was expected in the first wrong field; undefined where all are right. */
  readonly wrong: (fields: RecordFields) => string | undefined;
  /** @default 60 */
  readonly smallestTtl?: number;
  /** Whether something may follow its validity. @default false */
  readonly mayHaveParameters?: boolean;
}

const isNumber = (text: string) => /^\d{1,5}$/.test(text);
const isPair = (text: string) => /^\d{1,5}\/\d{1,5}$/.test(text);
const isHost = (text: string) => /^([a-z0-9_*-]+(\.[a-z0-9_*-]+)*\.?|\.)$/i.test(text);
const isQuoted = (text: string | undefined) => text !== undefined && /^"[^"]*"$/.test(text);
const isAddress = (text: string) => /^https?:\/\/[^\s"]+$/i.test(text);
const isMail = (text: string) => /^[^\s@"]+@[^\s@"]+$/.test(text);

function plain(isTarget: (text: string) => boolean, expected: string, smallestTtl?: number) {
  const wrong: RecordType['wrong'] = ({ pri, target }) => {
    if (!isNumber(pri)) return 'priority';
    return isTarget(target) ? undefined : expected;
  };
  return smallestTtl === undefined ? { wrong } : { wrong, smallestTtl };
}

function quotedParameters(count: number, { parameters }: RecordFields): string | undefined {
  const right = parameters.length === count && parameters.every(isQuoted);
  return right ? undefined : `0 0 and ${count} quoted parameters`;
}

const SRV: RecordType = {
  wrong: ({ pri, target }) => {
    if (!isPair(pri)) return 'priority/weight';
    const [host = '', port = ''] = target.split(':');
    const isPort = /^[1-9]\d{0,4}$/.test(port) && Number(port) < 65_536;
    return isHost(host) && isPort ? undefined : 'host:port';
  },
};

const CAA: RecordType = {
  wrong: ({ pri, target, value }) => {
    if (!isNumber(pri)) return 'flags';
    return /^[a-z0-9]+$/i.test(target) && isQuoted(value) && value !== '""'
      ? undefined
      : 'tag and quoted value';
  },
};

const NAPTR: RecordType = {
  smallestTtl: 0,
  mayHaveParameters: true,
  wrong: (fields) => {
    if (!isPair(fields.pri)) return 'order/preference';
    return isHost(fields.target) ? quotedParameters(3, fields) : 'replacement';
  },
};

const FRAME: RecordType = {
  smallestTtl: 0,
  mayHaveParameters: true,
  wrong: (fields) => {
    const basic = plain(isAddress, 'web address').wrong(fields);
    return basic ?? (fields.parameters.length === 0 ? undefined : quotedParameters(4, fields));
  },
};

const MAILFW: RecordType = {
  smallestTtl: 0,
  mayHaveParameters: true,
  wrong: (fields) => {
    const { parameters } = fields;
    const filters = parameters.length === 0 || /^[01]$/.test(parameters.join(' '));
    return (
      plain(isMail, 'e-mail address').wrong(fields) ?? (filters ? undefined : '0 0 and 0 or 1')
    );
  },
};

const IPV4 = plain(isIPv4, 'IPv4 address');
const IPV6 = plain(isIPv6, 'IPv6 address');
const HOST = plain(isHost, 'host name');

/** The types of records by name. The ttl of forwardings is ignored. */
export const RECORDS: Readonly<Record<string, RecordType>> = {
  A: IPV4,
  DYNA: IPV4,
  AAAA: IPV6,
  DYNAAAA: IPV6,
  CNAME: HOST,
  MX: HOST,
  NS: HOST,
  SRV,
  CAA,
  NAPTR,
  URL: plain(isAddress, 'web address', 0),
  FRAME,
  MAILFW,
};
