import { describe, expect, test } from '@jest/globals';
import { challengeZone, nameWithin, zoneOf } from '../../../shared/acme/challenge-zone.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';

const NAME = '_acme-challenge.www.sub.example.com';

describe('the zone of a name', () => {
  test.each([
    ['the only one', ['example.com'], 'example.com'],
    ['the longest', ['example.com', 'sub.example.com', 'com'], 'sub.example.com'],
    ['the longest, in any order', ['sub.example.com', 'example.com'], 'sub.example.com'],
    ['the zone of its own', ['www.sub.example.com', 'example.com'], 'www.sub.example.com'],
  ])('is %s', (_what, zones, zone) => {
    expect(zoneOf(NAME, zones)).toBe(zone);
  });

  test.each([
    ['one that ends alike', ['ample.com', 'b.example.com']],
    ['one below it', [`a.${NAME}`]],
    ['the name itself', [NAME]],
    ['nothing', []],
  ])('is not %s', (_what, zones) => {
    expect(zoneOf(NAME, zones)).toBeUndefined();
  });

  test('leaves the rest of the name', () => {
    expect(nameWithin('sub.example.com', NAME)).toBe('_acme-challenge.www');
    expect(nameWithin('www.sub.example.com', NAME)).toBe('_acme-challenge');
  });
});

/** The zone, where these are open and these are in the account; and what the registrar is asked for. */
async function find(open: readonly string[], account: readonly string[]) {
  const asked: string[] = [];
  const zone = await challengeZone(NAME, {
    open,
    async listZones(ending) {
      asked.push(ending);
      return account.filter((one) => one.endsWith(ending));
    },
    deadline: deadlineIn(5000),
  }).catch((error) => error.kind);
  return { zone, asked };
}

describe('the zone in which a challenge is answered', () => {
  test('is the one of the account, if it is open', async () => {
    expect(await find(['example.com', 'example.net'], ['example.com', 'notexample.com'])).toEqual({
      zone: 'example.com',
      asked: ['example.com'],
    });
  });

  test('is found by one question where several are open', async () => {
    const open = ['sub.example.com', 'example.com'];
    const asked = ['example.com'];
    expect(await find(open, open)).toEqual({ zone: 'sub.example.com', asked });
    expect(await find(open, ['example.com'])).toEqual({ zone: 'example.com', asked });
  });

  test('is not one around the zone that the name lies in', async () => {
    expect(await find(['example.com'], ['example.com', 'sub.example.com'])).toMatchObject({
      zone: 'not-permitted',
    });
  });

  test('is not one that is not open: the registrar is not even asked', async () => {
    const refused = { zone: 'not-permitted', asked: [] };
    expect(await find(['example.net', 'b.example.com'], ['example.com'])).toEqual(refused);
    expect(await find([], ['example.com'])).toEqual(refused);
  });

  test('is not one that the account does not have', async () => {
    expect(await find(['sub.example.com'], ['example.com'])).toEqual({
      zone: 'not-found',
      asked: ['sub.example.com'],
    });
  });
});
