import { expect, test } from '@jest/globals';
import { schemasAvailable } from '../../infra/schemas-available.ts';

test.each([
  'ca-west-1',
  'il-central-1',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ap-east-2',
  'mx-central-1',
])('%s has no schema registry', (region) => {
  expect(schemasAvailable(region)).toBe(false);
});

test.each(['eu-central-1', 'us-east-1', 'ap-southeast-2', undefined])(
  'in %s, schemas are registered',
  (region) => {
    expect(schemasAvailable(region)).toBe(true);
  },
);
