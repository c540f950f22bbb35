import { defineRequest } from '../action.ts';
import { pricesReply, readPriceList } from '../reply/price-list.ts';

export const reply = pricesReply;

export const example = () => ({
  input: {},
  reply: {
    prices: [
      {
        type: 'domain',
        operation: 'create',
        tld: 'com',
        currency: 'EUR',
        prices: { '1': '9.90', '2': '19.80' },
        validFrom: '2026-01-01',
        validUntil: null,
      },
    ],
  },
});

export const action = defineRequest({
  name: 'query-price-list',
  group: 'catalogue',
  method: 'GET',
  access: 'read',
  summary: "Lists the account's prices by TLD and operation.",
  input: {},
  read: readPriceList,
});
