import type { Account } from '../account/account.ts';
import { listReply } from '../requests/list-reply.ts';
import { done, unknown } from '../requests/outcome.ts';
import { ANYTHING, EMAIL, oneOf } from '../requests/parameter-kinds.ts';
import { nameIn, type Params } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { writeTimestamp } from '../time/timestamp.ts';
import { verdict } from './verdict.ts';
import type { EmailVerification } from './verification.ts';

const KEY = { key: ANYTHING };

/** Addresses of owners that are still to be verified. */
export const waEmailList: ImmediateRequest = {
  name: 'wa-email-list',
  access: 'read',
  tracked: false,
  answer: ({ account }) => {
    const rows = account.emails
      .filter(({ state }) => state === 'pending' || state === 'unverified')
      .map(({ email, domain, expiresAtMs }) => [email, domain, writeMoment(expiresAtMs)]);
    return listReply(rows, {
      columns: ['email', 'domain', 'verification-expires'],
      separator: 'tab',
    });
  },
};

/** What a key stands for. */
export const waEmailDetails: ImmediateRequest = {
  name: 'wa-email-details',
  access: 'read',
  tracked: false,
  required: KEY,
  answer: ({ params, account }) => {
    const found = byKey(account, params);
    if (!found) return unknown('Such a key');
    const { state, email, domain } = found;
    return listReply([[state, email, domain]], {
      columns: ['status', 'email', 'domain'],
      separator: 'tab',
    });
  },
};

/** Sends the mail again. */
export const waEmailValidate: ImmediateRequest = {
  name: 'wa-email-validate',
  access: 'modify',
  required: { email: EMAIL },
  answer: ({ params, account }) => {
    const found = byEmail(account, params);
    if (!found) return verdict('No domain has an owner of that address');
    if (found.state === 'verified') return verdict('The address is verified already');
    found.state = 'pending';
    return verdict(null);
  },
};

/** Answers the mail. */
export const waEmailVerify: ImmediateRequest = {
  name: 'wa-email-verify',
  access: 'modify',
  required: { ...KEY, answer: oneOf('yes', 'no') },
  answer: ({ params, account }) => {
    const found = byKey(account, params);
    if (!found) return verdict('The key is unknown');
    found.state = params.get('answer') === 'yes' ? 'verified' : 'invalid';
    return verdict(null);
  },
};

/** The state of an address, one word. */
export const waEmailQueryStatus: ImmediateRequest = {
  name: 'wa-email-query-status',
  access: 'read',
  required: { email: EMAIL },
  answer: ({ params, account }) => {
    const found = byEmail(account, params);
    return found ? done(`${found.state}\n`) : unknown('Such an address');
  },
};

function byKey({ emails }: Account, params: Params): EmailVerification | undefined {
  return emails.find(({ key }) => key === params.get('key'));
}

function byEmail({ emails }: Account, params: Params): EmailVerification | undefined {
  return emails.find(({ email }) => email.toLowerCase() === nameIn(params, 'email'));
}

function writeMoment(atMs: number): string {
  return writeTimestamp(atMs, 'iso').replace('T', ' ');
}
