import type { Account } from '../account/account.ts';
import { keyValueLines } from '../requests/key-values.ts';
import { done, malformed, unknown } from '../requests/outcome.ts';
import { ANYTHING, DOMAIN, FLAG, oneOf, PATTERN } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest, QueuedRequest } from '../requests/request.ts';
import { type Domain, NO_PRIVACY, type PrivacyLevel } from './domain.ts';

const PROPERTY = oneOf('autorenew', 'whois-opt-out', 'privacy');
const LEVEL = oneOf('off', 'basic', 'pro');

/**
 * Sets a property of a domain, or of all that match a pattern; an empty value is the default. That
 * it is queued is known from a remark in a program of the registrar's.
 */
export const domainSetProperty: QueuedRequest = {
  name: 'domain-set-property',
  access: 'modify',
  object: 'domain',
  required: { domain: PATTERN, pname: PROPERTY, pvalue: ANYTHING },
  mayBeEmpty: ['pvalue'],
  plan: ({ params, account, object: pattern }) => {
    const name = params.get('pname') ?? '';
    const value = params.get('pvalue') ?? '';
    const kind = name === 'privacy' ? LEVEL : FLAG;
    if (value && !kind.accepts(value)) {
      return malformed([{ name: 'pvalue', expected: kind.expected }]);
    }
    if (matching(account, pattern).length === 0) return unknown(`Domain ${pattern}`);
    return {
      carryOut: () => {
        for (const domain of matching(account, pattern)) setProperty(domain, name, value);
      },
    };
  },
};

/** One line: the property and its value. */
export const domainGetProperty: ImmediateRequest = {
  name: 'domain-get-property',
  access: 'read',
  required: { domain: DOMAIN, pname: PROPERTY },
  answer: ({ params, account }) => {
    const domain = account.domains.get(nameIn(params, 'domain'));
    if (!domain) return unknown(`Domain ${nameIn(params, 'domain')}`);
    const name = params.get('pname') ?? '';
    return done(keyValueLines([[name, getProperty(domain, name)]]));
  },
};

function matching(account: Account, pattern: string): readonly Domain[] {
  const matches = compilePattern(pattern);
  return [...account.domains.values()].filter(({ name }) => matches(name));
}

function getProperty(domain: Domain, name: string): string {
  if (name === 'privacy') return domain.privacy.level;
  return (name === 'autorenew' ? domain.autorenew : domain.whoisOptOut) ? '1' : '0';
}

function setProperty(domain: Domain, name: string, value: string): void {
  if (name === 'autorenew') domain.autorenew = value === '1';
  if (name === 'whois-opt-out') domain.whoisOptOut = value === '1';
  if (name !== 'privacy') return;
  const level = (value || 'off') as PrivacyLevel;
  const bought = { level, origin: 'property', expires: domain.expires };
  domain.privacy = level === 'off' ? NO_PRIVACY : bought;
}
