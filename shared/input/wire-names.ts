import { camelCase } from '../dmapi/camel-case.ts';

/** DMAPI's names of parameters, by ours. */
export type WireNames = Readonly<Record<string, string>>;

/** Where our name of a parameter is not DMAPI's in camelCase. */
const RENAMED: WireNames = {
  ownerContact: 'owner-c',
  billingContact: 'billing-c',
  adminContact: 'admin-c',
  techContact: 'tech-c',
  nameServers: 'ns-list',
  dsRecords: 'dnssec',
  autoRenew: 'autorenew',
  periodMonths: 'period',
  expiryYear: 'expyear',
  clTrId: 'cltrid',
  svTrId: 'svtrid',
  ipv4: 'ip',
  ipv6: 'ipv6',
  property: 'pname',
  value: 'pvalue',
  showGrants: 'showgrants',
  showPrivacy: 'showprivacy',
  showJokerNs: 'showjokerns',
  showKey: 'showkey',
};

/** A validated input: a kind that is several parameters on the wire is read into them. */
export type WireInput = Readonly<
  Record<
    string,
    string | number | boolean | readonly string[] | Readonly<Record<string, string>> | undefined
  >
>;

/**
 * A validated input as it goes on the wire: names as DMAPI has them, true as `1`, lists joined by
 * colons; what is undefined or false is left out.
 */
export function toWire(input: WireInput, names?: WireNames): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === false) continue;
    if (Array.isArray(value)) params[wireNameOf(name, names)] = value.join(':');
    else if (typeof value === 'object') Object.assign(params, value);
    else params[wireNameOf(name, names)] = value === true ? '1' : String(value);
  }
  return params;
}

/** DMAPI's name of a parameter: `checkPrice` is `check-price`, `address1` is `address-1`. */
export function wireNameOf(name: string, names: WireNames = {}): string {
  const usual = () => name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
  return names[name] ?? RENAMED[name] ?? usual();
}

/** The same the other way: our name of what the registrar calls so, among these. */
export function fieldOf(
  wireName: string,
  fields: readonly string[],
  names?: WireNames,
): string | undefined {
  const wire = wireName.toLowerCase();
  const record = /^ds-([1-6])$/.exec(wire);
  if (record && fields.includes('dsRecords')) return `dsRecords[${Number(record[1]) - 1}]`;
  if (fields.includes('extensions') && wire.startsWith('x-')) {
    return `extensions.${camelCase(wire.slice('x-'.length))}`;
  }
  return fields.find((field) => wireNameOf(field, names) === wire);
}
