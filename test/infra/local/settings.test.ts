import { describe, expect, test } from '@jest/globals';
import { readLocalSettings, SIMULATED_ACME_ZONES } from '../../../infra/local/settings.ts';

const OWN = { DMAPI_URL: 'https://dmapi.example', DMAPI_API_KEY: 'key' };

describe('the zones that are open to ACME clients', () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    ['some of the simulator’s', {}, SIMULATED_ACME_ZONES],
    ['none of a registrar of your own', OWN, []],
    [
      'those that are named',
      { ACME_ZONES: 'Example.com., bücher.example' },
      ['example.com', 'xn--bcher-kva.example'],
    ],
    ['those that are named, of your own', { ...OWN, ACME_ZONES: 'example.net' }, ['example.net']],
  ])('are %s', (_what, env, zones) => {
    expect(readLocalSettings(env).acmeZones).toEqual(zones);
  });

  test.each(['com', 'example.com,', 'example.com,EXAMPLE.COM', '*.example.com'])(
    '%s is told to be none',
    (ACME_ZONES) => {
      expect(() => readLocalSettings({ ACME_ZONES })).toThrow(
        /^ACME_ZONES must be a comma-separated list of different domain names, such as .*, not "/,
      );
    },
  );
});
