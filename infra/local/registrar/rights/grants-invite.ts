import { type Account, HOLDER, PARTNER } from '../account/account.ts';
import { takeOut } from '../domains/take-in.ts';
import { done, unknown } from '../requests/outcome.ts';
import { DOMAIN, EMAIL, NUMBER, oneOf, TEXT } from '../requests/parameter-kinds.ts';
import { nameIn, type Params } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { type Grant, ROLES } from './grant.ts';

/**
 * Offers somebody a right on a domain, or gives it at once where the user id belongs to the address;
 * the right of the creator then is the domain itself.
 */
export const grantsInvite: ImmediateRequest = {
  name: 'grants-invite',
  access: 'modify',
  required: { domain: DOMAIN, email: EMAIL, role: oneOf(...ROLES) },
  optional: { 'client-uid': NUMBER, nickname: TEXT, 'nick-name': TEXT },
  answer: ({ params, account }) => {
    const domain = nameIn(params, 'domain');
    if (!account.domains.has(domain)) return unknown(`Domain ${domain}`);
    const isKnown =
      params.get('client-uid') === PARTNER.uid && nameIn(params, 'email') === PARTNER.email;
    if (isKnown && params.get('role') === '@creator') takeOut(account, domain);
    else account.grants.push(isKnown ? granted(account, params) : invited(account, params));
    return done();
  },
};

function common({ grants }: Account, params: Params) {
  const email = params.get('email') ?? '';
  return {
    number: Math.max(0, ...grants.map(({ number }) => number)) + 1,
    domain: nameIn(params, 'domain'),
    role: params.get('role') ?? '',
    inviter: HOLDER.userLogin,
    email,
    nickname: params.get('nickname') || params.get('nick-name') || email,
  };
}

function granted(account: Account, params: Params): Grant {
  const who = { invitedLogin: PARTNER.login, invitedUid: PARTNER.uid };
  return { type: 'grant', key: null, ...common(account, params), ...who };
}

function invited(account: Account, params: Params): Grant {
  const who = { invitedLogin: null, invitedUid: params.get('client-uid') || null };
  return { type: 'invitation', key: account.makeSecret(), ...common(account, params), ...who };
}
