import type { RequestAccess } from '../account/access.ts';

/** The facts of one asynchronous request: it is queued, and its answer becomes a result. */
export interface AsynchronousRequest {
  readonly name: string;
  /** Older names that still work. */
  readonly aliases?: readonly string[];
  readonly access: Exclude<RequestAccess, 'read'>;
  /** The parameter that names the object; null where the request makes a new contact handle. */
  readonly object: 'domain' | 'handle' | 'host' | null;
  readonly required: readonly string[];
  /** Sets of parameters of which one has to be there in full. */
  readonly oneOf?: readonly (readonly string[])[];
}

const CONTACT = ['email', 'address-1', 'city', 'postal-code', 'country', 'phone'] as const;
const CONTACT_NAME = [['name'], ['fname', 'lname']] as const;
const CONTACT_HANDLES = ['owner-c', 'billing-c', 'admin-c', 'tech-c'] as const;

/**
 * Every known asynchronous request with the parameters the documents call mandatory. Some of it is
 * open: domain-transfer-in is known from programs only; that domain-set-property is asynchronous,
 * from a remark in one; a program of the registrar's leaves out three of domain-register's handles;
 * the documents disagree about the contacts of a transfer, and about the TLDs that need no
 * transfer-auth-id, so here every TLD needs one.
 */
export const ASYNCHRONOUS_REQUESTS: readonly AsynchronousRequest[] = [
  domainRequest('domain-register', 'cost', ['period', 'status', ...CONTACT_HANDLES, 'ns-list']),
  domainRequest('domain-renew', 'cost', [], [['period'], ['expyear']]),
  domainRequest('domain-privacy-order', 'cost', ['privacy']),
  domainRequest('domain-transfer-in-reseller', 'cost', ['transfer-auth-id', 'owner-c']),
  domainRequest('domain-transfer-in', 'cost', ['transfer-auth-id', 'billing-c']),
  domainRequest('domain-transfer-get-auth-id', 'modify'),
  domainRequest(
    'domain-modify',
    'modify',
    [],
    [['billing-c'], ['admin-c'], ['tech-c'], ['ns-list'], ['registrar-tag'], ['dnssec']],
  ),
  domainRequest('domain-delete', 'modify'),
  domainRequest('domain-redeem', 'cost'),
  domainRequest('domain-owner-change', 'modify', CONTACT, CONTACT_NAME),
  domainRequest('domain-lock', 'modify'),
  domainRequest('domain-unlock', 'modify'),
  domainRequest('domain-set-property', 'modify', ['pname', 'pvalue']),
  {
    name: 'contact-create',
    access: 'modify',
    object: null,
    required: ['tld', ...CONTACT],
    oneOf: CONTACT_NAME,
  },
  { name: 'contact-modify', access: 'modify', object: 'handle', required: ['handle'] },
  { name: 'contact-delete', access: 'modify', object: 'handle', required: ['handle'] },
  {
    name: 'ns-create',
    aliases: ['host-create'],
    access: 'modify',
    object: 'host',
    required: ['host', 'ip'],
  },
  // Documented with both addresses, "at least one real"; the registrar's own module sends one.
  {
    name: 'ns-modify',
    aliases: ['host-modify'],
    access: 'modify',
    object: 'host',
    required: ['host'],
    oneOf: [['ip'], ['ipv6']],
  },
  {
    name: 'ns-delete',
    aliases: ['host-delete'],
    access: 'modify',
    object: 'host',
    required: ['host'],
  },
];

function domainRequest(
  name: string,
  access: AsynchronousRequest['access'],
  required: readonly string[] = [],
  oneOf: AsynchronousRequest['oneOf'] = [],
): AsynchronousRequest {
  return {
    name,
    access,
    object: 'domain',
    required: ['domain', ...required],
    oneOf,
  };
}
