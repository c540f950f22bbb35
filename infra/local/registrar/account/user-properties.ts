import { keyValueLines } from '../requests/key-values.ts';
import { done, unknown } from '../requests/outcome.ts';
import { NUMBER, PATTERN, TEXT } from '../requests/parameter-kinds.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { HOLDER } from './account.ts';

/** Undocumented: lines of `user.<type>.<name>: value`. */
export const userGetProperty: ImmediateRequest = {
  name: 'user-get-property',
  access: 'read',
  optional: { pname: PATTERN, ptype: PATTERN, uid: NUMBER },
  answer: ({ params, account }) => {
    const uid = params.get('uid') || HOLDER.uid;
    if (uid !== HOLDER.uid) return unknown(`User ${uid}`);
    const name = compilePattern(params.get('pname') || '*');
    const type = compilePattern(params.get('ptype') || '*');
    const pairs = [...account.properties].filter(([key]) => {
      const [of = '', called = ''] = key.split('.');
      return type(of) && name(called);
    });
    return done(keyValueLines(pairs.map(([key, value]) => [`user.${key}`, value])));
  },
};

/** Undocumented: sets a property of the account, such as autorenew. */
export const userSetProperty: ImmediateRequest = {
  name: 'user-set-property',
  access: 'modify',
  required: { pname: PATTERN, pvalue: TEXT, uid: NUMBER },
  mayBeEmpty: ['pvalue'],
  answer: ({ params, account }) => {
    if (params.get('uid') !== HOLDER.uid) return unknown(`User ${params.get('uid')}`);
    account.properties.set(`property.${params.get('pname')}`, params.get('pvalue') ?? '');
    return done();
  },
};
