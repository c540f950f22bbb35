import { defineRequest } from '../action.ts';
import { pricesReply, readPriceList } from '../reply/price-list.ts';

export const reply = pricesReply;

export const example = () => ({
  input: {},
  reply: {
    prices: [
      {
        type: 'domain',
        operation: 'transfer',
        tld: 'com',
        tldCurrency: 'EUR',
        currency: 'EUR',
        validFrom: null,
        validUntil: null,
        prices: { '1': '9.90' },
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
