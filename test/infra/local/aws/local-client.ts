/** How a test's client of the AWS SDK reaches a stand-in: once, and for as long as it takes. */
export function localClient({ url }: { readonly url: string }) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return {
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { throwOnRequestTimeout: true },
  };
}

/** How a call is made of which no answer is expected. */
export const IMPATIENT = { requestTimeout: 500 };
