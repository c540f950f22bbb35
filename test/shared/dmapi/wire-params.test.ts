import { expect, test } from '@jest/globals';
import { wireParams } from '../../../shared/dmapi/wire-params.ts';

test('true is written as 1, numbers as digits, texts as they are', () => {
  expect(wireParams({ pending: true, offset: 0, limit: 20, rtype: 'domain-*', objid: '' })).toEqual(
    {
      pending: '1',
      offset: '0',
      limit: '20',
      rtype: 'domain-*',
      objid: '',
    },
  );
});

test('what is false or not given is left out', () => {
  expect(wireParams({ pending: false, limit: undefined })).toEqual({});
});
