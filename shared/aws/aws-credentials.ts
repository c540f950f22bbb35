import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's default chain in the bundles: Lambda gives a function its credentials
 * by environment variables, and the chain's other ways, from files to single sign-on, would be a
 * quarter of each bundle.
 */
export const defaultProvider = fromEnv;
