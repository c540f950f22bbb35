import { beforeEach, describe, expect, test } from '@jest/globals';
import { knownLogin } from '../../../shared/acme/known-login.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';

const FIRST = { username: 'acme', password: 'first' };
const SECOND = { username: 'acme', password: 'second' };
const deadline = deadlineIn(60_000);

let nowMs: number;
let reads: number;
let stored: object | Error;
let isKnown: (login: typeof FIRST) => Promise<boolean>;

beforeEach(() => {
  nowMs = 1_000_000;
  reads = 0;
  stored = FIRST;
  const known = knownLogin({
    now: () => nowMs,
    async readSecret() {
      reads++;
      if (stored instanceof Error) throw stored;
      return { text: JSON.stringify(stored) };
    },
  });
  isKnown = (login) => known(login, deadline);
});

describe('the login of the secret', () => {
  test.each([
    ['another password', { ...FIRST, password: 'firsT' }],
    ['a longer password', { ...FIRST, password: 'first ' }],
    ['no password', { ...FIRST, password: '' }],
    ['another name', { ...FIRST, username: 'root' }],
    ['name and password exchanged', { username: 'first', password: 'acme' }],
  ])('is not %s', async (_what, login) => {
    expect(await isKnown(login)).toBe(false);
    expect(await isKnown(FIRST)).toBe(true);
  });

  test('is kept for a minute', async () => {
    expect(await isKnown(FIRST)).toBe(true);
    nowMs += 59_999;
    expect(await isKnown(FIRST)).toBe(true);
    expect(reads).toBe(1);
    nowMs += 1;
    expect(await isKnown(FIRST)).toBe(true);
    expect(reads).toBe(2);
  });

  test('is good at once where it has been replaced', async () => {
    await isKnown(FIRST);
    nowMs += 5000;
    stored = SECOND;
    expect(await isKnown(SECOND)).toBe(true);
    expect(await isKnown(FIRST)).toBe(false);
    expect(reads).toBe(2);
  });

  test('is good for a minute at most after it has been replaced', async () => {
    await isKnown(FIRST);
    stored = SECOND;
    nowMs += 60_000;
    expect(await isKnown(FIRST)).toBe(false);
  });

  test('is read once for all who come at once', async () => {
    const answers = await Promise.all([FIRST, SECOND, FIRST].map(isKnown));
    expect(answers).toEqual([true, false, true]);
    expect(reads).toBe(1);
  });
});

test('a flood of wrong passwords reads the secret every five seconds', async () => {
  for (let i = 0; i < 600; i++) {
    expect(await isKnown({ ...FIRST, password: `guess ${i}` })).toBe(false);
    nowMs += 100;
  }
  expect(reads).toBe(12);
});

describe('a secret that cannot be read', () => {
  test('is told to all who wait for it, and read anew for the next', async () => {
    stored = new Error('throttled');
    const answers = await Promise.allSettled([isKnown(FIRST), isKnown(SECOND)]);
    expect(answers).toMatchObject([{ reason: stored }, { reason: stored }]);
    expect(reads).toBe(1);
    stored = FIRST;
    expect(await isKnown(FIRST)).toBe(true);
  });

  test('lets nobody in by what was known a minute ago', async () => {
    await isKnown(FIRST);
    nowMs += 60_000;
    stored = new Error('throttled');
    await expect(isKnown(FIRST)).rejects.toThrow('throttled');
  });

  test('keeps nobody out who is still known', async () => {
    await isKnown(FIRST);
    nowMs += 30_000;
    stored = new Error('throttled');
    expect(await isKnown(FIRST)).toBe(true);
  });

  test('holds no login: that is told as it is', async () => {
    stored = { username: 'acme' };
    await expect(isKnown(FIRST)).rejects.toThrow('"password" is missing');
  });
});
