/**
 * The regions without EventBridge's schema registry (2026-11): there, CloudFormation refuses a
 * template that holds one.
 */
const WITHOUT_SCHEMAS: ReadonlySet<string> = new Set([
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'il-central-1',
  'mx-central-1',
]);

/** Whether schemas can be registered in a region; where it is not known, that they can. */
export function schemasAvailable(region: string | undefined): boolean {
  return region === undefined || !WITHOUT_SCHEMAS.has(region);
}
