import { expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { emptyApp, type Properties } from './synthesised.ts';

/** The account that an app gives of its feature flags, which the command line reads. */
function flags(): [string, Properties][] {
  const app = emptyApp();
  new Stack(app, 'Stack');
  const reports = Object.values(app.synth().manifest.artifacts ?? {}).filter(
    ({ type }) => type === 'cdk:feature-flag-report',
  );
  return reports.flatMap(({ properties }) => Object.entries((properties as Properties).flags));
}

test('every feature flag that changes something is settled in cdk.json', () => {
  const all = flags();
  expect(all.length).toBeGreaterThan(50);
  const open = all.filter(
    ([, { userValue, recommendedValue, unconfiguredBehavesLike }]) =>
      userValue === undefined && unconfiguredBehavesLike?.v2 !== recommendedValue,
  );
  expect(open.map(([name]) => name)).toEqual([]);
});

test('all as recommended, but that stacks refer to each other strongly', () => {
  const unlike = flags().filter(
    ([, { userValue, recommendedValue }]) =>
      userValue !== undefined && String(userValue) !== String(recommendedValue),
  );
  expect(unlike.map(([name, { userValue }]) => [name, userValue])).toEqual([
    ['@aws-cdk/core:defaultCrossStackReferences', 'strong'],
  ]);
});
