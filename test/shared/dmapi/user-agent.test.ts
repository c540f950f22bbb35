import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stubRegistrar } from '../../stub-registrar.ts';
import { call } from './call.ts';

test('every request tells the name and the version of the package', async () => {
  const file = new URL('../../../package.json', import.meta.url);
  const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
  const registrar = await stubRegistrar();
  await call(registrar.endpoint);
  await call(registrar.endpoint, { repeatable: false });
  expect(registrar.requests.map(({ headers }) => headers['user-agent'])).toEqual(
    Array(2).fill(`${name}/${version}`),
  );
});
