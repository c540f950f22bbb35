// Makes calls, one after the other as Lambda does, and tells how long each has taken.
const { BUNDLE, URL: url, PARAMS, WARM_UP, CALLS } = process.env;
const params = JSON.parse(PARAMS);

const call = BUNDLE ? await callFunction(BUNDLE) : callFetch;
for (let i = 0; i < Number(WARM_UP); i++) await call();
const durations = [];
const startedAtMs = performance.now();
for (let i = 0; i < Number(CALLS); i++) {
  const calledAtMs = performance.now();
  await call();
  durations.push(performance.now() - calledAtMs);
}
process.send({ durations, allMs: performance.now() - startedAtMs });

async function callFunction(bundle) {
  const { handler } = await import(bundle);
  const event = { queryStringParameters: params, requestContext: { requestId: 'warm' } };
  return async () => {
    const { statusCode, body } = await handler(event, {});
    if (statusCode !== 200) throw new Error(body);
  };
}

async function callFetch() {
  const body = new URLSearchParams({ ...params, 'auth-sid': '0'.repeat(40) });
  const response = await fetch(url, { method: 'POST', body });
  if (!(await response.text()).includes('Status-Code: ')) throw new Error('no reply');
}
