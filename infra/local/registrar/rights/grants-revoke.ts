import { done, unknown } from '../requests/outcome.ts';
import { DOMAIN, NUMBER, oneOf, TEXT } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { ROLES, SCOPE } from './grant.ts';

/** Takes back all rights of that role and type, or those of one user. */
export const grantsRevoke: ImmediateRequest = {
  name: 'grants-revoke',
  access: 'modify',
  required: {
    domain: DOMAIN,
    role: oneOf(...ROLES),
    scope: TEXT,
    type: oneOf('grant', 'invitation'),
  },
  optional: { 'client-uid': NUMBER },
  answer: ({ params, account }) => {
    const domain = nameIn(params, 'domain');
    if (!account.domains.has(domain)) return unknown(`Domain ${domain}`);
    const uid = params.get('client-uid');
    const left = account.grants.filter(
      (grant) =>
        grant.domain !== domain ||
        grant.role !== params.get('role') ||
        grant.type !== params.get('type') ||
        params.get('scope') !== SCOPE ||
        (uid && grant.invitedUid !== uid),
    );
    if (left.length === account.grants.length) return unknown(`Such a right on ${domain}`);
    account.grants.splice(0, account.grants.length, ...left);
    return done();
  },
};
