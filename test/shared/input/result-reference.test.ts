import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/result-retrieve.ts';
import { referenceParams } from '../../../shared/input/result-reference.ts';

describe('a result', () => {
  test('is named by its tracking id, by its processing id, or by both', () => {
    for (const it of [{ svTrId: 'a' }, { procId: '7' }, { svTrId: 'a', procId: '7' }]) {
      expect(action.input.safeParse(it)).toMatchObject({ success: true, data: it });
    }
  });

  test.each([
    [{}, 'svTrId'],
    [{ svTrId: '' }, 'svTrId'],
    [{ procId: '' }, 'procId'],
    [{ procId: 7 }, 'procId'],
    [{ svTrId: 'a', procId: 'b' }, 'procId'],
    [{ svTrId: null }, 'svTrId'],
  ])('is not named by %j', (it, field) => {
    const { error } = action.input.safeParse(it);
    expect(error?.issues[0]?.path).toEqual([field]);
  });

  test.each([{ clTrId: 'a' }, { svTrId: 'a', clTrId: 'b' }, { svtrid: 'a' }])(
    'is not named by anything else: %j',
    (it) => {
      const { error } = action.input.safeParse(it);
      expect(error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
    },
  );

  test('is asked for by its tracking id where both are known', () => {
    expect(referenceParams({ svTrId: 'a', procId: '7' })).toStrictEqual({ svtrid: 'a' });
    expect(referenceParams({ svTrId: 'a' })).toStrictEqual({ svtrid: 'a' });
    expect(referenceParams({ procId: '7' })).toStrictEqual({ 'proc-id': '7' });
  });
});
