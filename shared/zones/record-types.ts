import { isIpv4, isIpv6 } from '../input/ip-address.ts';
import { isPrintable, type Judged, NOT_PRINTABLE, type Wrong } from './judged.ts';
import { absoluteHost } from './names.ts';

/** What a line says of a record between its type and its ttl, and after the validity. */
export interface Fields {
  readonly pri: string;
  readonly target: string;
  /** The quoted value that a CAA has before the ttl, its quotes included. */
  readonly value?: string | undefined;
  /** What follows the validity, quotes included. */
  readonly parameters?: readonly string[];
}

/** A type of record: how it stands in the zone, and how callers write it. */
export interface RecordType {
  /** The presentation form of what stands in the zone; `undefined` where that is not understood. */
  show(fields: Fields): string | undefined;
  /** What a new record of this presentation form is in the zone. */
  read(record: string): Judged<Fields>;
  /** In seconds. @default 60 */
  readonly smallestTtl?: number;
}

const NUMBER = /^(0|[1-9]\d{0,4})$/;
const HOST_LIKE = /^[\x21\x23-\x7e]+$/;
const QUOTED = /^"(.*)"$/;
/** Whether a backslash is kept, nothing tells; a quote would end the text. */
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const isShort = (text: string) => NUMBER.test(text) && Number(text) <= 65_535;
const isBare = ({ parameters = [], value }: Fields) =>
  parameters.length === 0 && value === undefined;
/** Most of them are 0, and a comparison is faster than a pattern. */
const isNumeric = (text: string) => text === '0' || /^\d{1,10}$/.test(text);

/** Of a target in the zone nobody tells whether it is relative: it is taken for absolute. */
function shownHost(target: string): string | undefined {
  if (!HOST_LIKE.test(target)) return undefined;
  return target.endsWith('.') ? target.toLowerCase() : `${target.toLowerCase()}.`;
}

function address(spelling: (address: string) => string | undefined, described: string): RecordType {
  return {
    show: (fields) =>
      isBare(fields) && isNumeric(fields.pri) ? spelling(fields.target) : undefined,
    read: (record) => {
      const target = spelling(record);
      return target === undefined ? { wrong: `must be ${described}` } : { pri: '0', target };
    },
  };
}

/** RFC 5952, as URLs have it. */
function ipv6(text: string): string | undefined {
  if (!isIpv6(text)) return undefined;
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

const HOST_WANTED = 'must be a host name with its final dot, such as "host.example.com."';

const HOST: RecordType = {
  show: (fields) =>
    isBare(fields) && isNumeric(fields.pri) ? shownHost(fields.target) : undefined,
  read: (record) => {
    const target = absoluteHost(record);
    return target === undefined ? { wrong: HOST_WANTED } : { pri: '0', target };
  },
};

const MX: RecordType = {
  show: (fields) => {
    const host = shownHost(fields.target);
    const isOne = isBare(fields) && isNumeric(fields.pri) && host !== undefined;
    return isOne ? `${Number(fields.pri)} ${host}` : undefined;
  },
  read: (record) => {
    const [pri = '', host = '', ...more] = words(record);
    const target = host === '.' ? host : absoluteHost(host);
    if (isShort(pri) && target !== undefined && more.length === 0) return { pri, target };
    return {
      wrong:
        'must be a preference and a host name with its final dot, such as "10 mail.example.com."',
    };
  },
};

const SRV: RecordType = {
  show: (fields) => {
    const pair = readPair(fields.pri);
    const at = fields.target.lastIndexOf(':');
    const port = fields.target.slice(at + 1);
    const host = at > 0 ? shownHost(fields.target.slice(0, at)) : undefined;
    if (!isBare(fields) || !pair || !host || !/^\d{1,5}$/.test(port)) return undefined;
    return `${pair} ${Number(port)} ${host}`;
  },
  read: (record) => {
    const [priority = '', weight = '', port = '', host = '', ...more] = words(record);
    const target = absoluteHost(host);
    const isOne = [priority, weight, port].every(isShort) && target && more.length === 0;
    if (!isOne) {
      return {
        wrong:
          'must be priority, weight, port and a host name with its final dot, such as "10 100 389 ldap.example.com."',
      };
    }
    if (port === '0') return { wrong: 'must not have port 0, which the registrar does not take' };
    return { pri: `${priority}/${weight}`, target: `${target.slice(0, -1)}:${port}` };
  },
};

const CAA: RecordType = {
  show: ({ pri, target, value = '', parameters = [] }) => {
    const isOne = isNumeric(pri) && /^[a-z\d]+$/i.test(target) && QUOTED.test(value);
    return isOne && parameters.length === 0
      ? `${Number(pri)} ${target.toLowerCase()} ${value}`
      : undefined;
  },
  read: (record) => {
    const found = /^(\d+) +([a-z\d]{1,15}) +(?:"([^"]*)"|([^" ]+))$/i.exec(record);
    const [, pri = '', tag = '', quoted, plain = ''] = found ?? [];
    if (!found || !isShort(pri) || Number(pri) > 255) {
      return { wrong: 'must be flags, tag and quoted value, such as 0 issue "letsencrypt.org"' };
    }
    const value = quoted ?? plain;
    if (value === '') return { wrong: 'must have a value' };
    if (!QUOTABLE.test(value)) return NOT_QUOTABLE;
    return { pri, target: tag.toLowerCase(), value: `"${value}"` };
  },
};

const NAPTR: RecordType = {
  smallestTtl: 0,
  show: ({ pri, target, value, parameters = [] }) => {
    const pair = readPair(pri);
    const host = shownHost(target);
    const isOne = parameters.length === 3 && parameters.every((text) => QUOTED.test(text));
    if (!pair || host === undefined || !isOne || value !== undefined) return undefined;
    return `${pair} ${parameters.join(' ')} ${host}`;
  },
  read: (record) => {
    const found = /^(\d+) +(\d+) +"([^"]*)" +"([^"]*)" +"([^"]*)" +(\S+)$/.exec(record);
    const [, order = '', preference = '', flags = '', service = '', regexp = '', host = ''] =
      found ?? [];
    const target = host === '.' ? host : absoluteHost(host);
    if (!isShort(order) || !isShort(preference) || target === undefined) {
      return {
        wrong:
          'must be order, preference, quoted flags, service and regexp, and a replacement with its final dot, such as 10 100 "S" "SIP+D2U" "" sip.example.com.',
      };
    }
    if (flags + service === '' || (regexp === '' && target === '.')) {
      return { wrong: 'must have flags or a service, and a regexp or a replacement' };
    }
    if (![flags, service, regexp].every((text) => QUOTABLE.test(text))) return NOT_QUOTABLE;
    const parameters = [flags, service, regexp].map((text) => `"${text}"`);
    return { pri: `${order}/${preference}`, target, parameters };
  },
};

const NOT_QUOTABLE: Wrong = {
  wrong: 'must hold no backslash, no quote within a value, and ASCII only: it could not be kept',
};

/** In the zone between double quotes, whatever stands in it: a line of it is read by itself. */
const TXT: RecordType = {
  show: () => undefined,
  read: (text) => {
    if (text.includes('\\'))
      return { wrong: 'must not hold a backslash, which the registrar drops' };
    if (text.split('"').length % 2 === 0) {
      return { wrong: 'must hold double quotes in pairs: the registrar drops a single one' };
    }
    if (/\s$/.test(text)) return { wrong: 'must not end in a blank, which the registrar cuts off' };
    return { pri: '0', target: `"${text}"` };
  },
};

const IPV4 = address(
  (text) => (isIpv4(text) ? text : undefined),
  'an IPv4 address, such as 192.0.2.1',
);
const IPV6 = address(ipv6, 'an IPv6 address, such as 2001:db8::1');

const TYPES = {
  A: IPV4,
  AAAA: IPV6,
  CAA,
  CNAME: HOST,
  DYNA: IPV4,
  DYNAAAA: IPV6,
  MX,
  NAPTR,
  NS: HOST,
  SRV,
  TXT,
} satisfies Readonly<Record<string, RecordType>>;

export type TypeName = keyof typeof TYPES;

const BY_NAME: ReadonlyMap<string, RecordType> = new Map(Object.entries(TYPES));

export const TYPE_NAMES = Object.keys(TYPES) as readonly TypeName[];

/** The type of that name, in upper case; `undefined` where it is none of RRsets. */
export function recordType(name: string): RecordType | undefined {
  return BY_NAME.get(name);
}

/** What a new record is in the zone. */
export function readRecord(type: TypeName, record: string): Judged<Fields> {
  return isPrintable(record) ? TYPES[type].read(record) : { wrong: NOT_PRINTABLE };
}

/** Whether a router changes its address whenever it likes. */
export function isDynamic(type: string): boolean {
  return type === 'DYNA' || type === 'DYNAAAA';
}

function readPair(pri: string): string | undefined {
  const pair = /^(\d{1,5})\/(\d{1,5})$/.exec(pri);
  return pair ? `${Number(pair[1])} ${Number(pair[2])}` : undefined;
}

function words(record: string): string[] {
  return record.trim().split(/ +/);
}
