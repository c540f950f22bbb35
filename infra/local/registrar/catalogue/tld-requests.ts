import { keyValueLines } from '../requests/key-values.ts';
import { listReply } from '../requests/list-reply.ts';
import { done, unknown } from '../requests/outcome.ts';
import { TEXT } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { dnssecForm, TLDS } from './tlds.ts';

/** Undocumented; programs read one TLD a line. */
export const queryTldList: ImmediateRequest = {
  name: 'query-tld-list',
  access: 'read',
  tracked: false,
  answer: () => listReply(TLDS.map((tld) => [tld])),
};

/** Undocumented; of its lines one is known. */
export const inquireTld: ImmediateRequest = {
  name: 'inquire-tld',
  access: 'read',
  required: { tld: TEXT },
  answer: ({ params }) => {
    const tld = nameIn(params, 'tld');
    if (!TLDS.includes(tld)) return unknown(`TLD ${tld}`);
    return done(
      keyValueLines([
        ['tld', tld],
        ['dnssec', dnssecForm(tld)],
      ]),
    );
  },
};
