import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ExecutionEnvironment,
  startEnvironment,
} from '../../../infra/local/execution-environment.ts';
import { collectLogs, type Probe, writeProbe } from './probe-function.ts';

let written: Probe;
let environment: ExecutionEnvironment | undefined;
let logged: () => string;

beforeAll(async () => {
  written = await writeProbe();
});

afterEach(() => environment?.close());
afterAll(() => written.remove());

async function start(timeoutSeconds = 5): Promise<ExecutionEnvironment> {
  const collected = collectLogs();
  logged = collected.logged;
  environment = await startEnvironment({
    deployed: { ...written.deployed, timeoutSeconds },
    worker: written.worker,
    serviceVariables: { AWS_REGION: 'eu-central-1' },
    logs: collected.logs,
  });
  return environment;
}

describe('an execution environment', () => {
  test('keeps its module state between calls', async () => {
    const probe = await start();
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
  });

  test('has its own variables and none of this process', async () => {
    const probe = await start();
    const { env } = (await probe.invoke({})) as { env: Record<string, string> };
    expect(env).toEqual({
      OWN: 'mine',
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    });
  });

  test('tells the handler its name and the time left', async () => {
    const { name, left } = (await (await start()).invoke({})) as { name: string; left: number };
    expect(name).toBe('probe');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5000);
  });

  test('takes several calls at a time', async () => {
    const probe = await start();
    const hanging = probe.invoke({ hang: true }).catch((error: Error) => error.message);
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
    await probe.close();
    expect(await hanging).toBe('The local run is closed.');
  });

  test('passes on what the function logs', async () => {
    const probe = await start();
    await probe.invoke({ say: 'hello' });
    while (logged() === '') await new Promise(setImmediate);
    expect(logged()).toBe('hello\n');
  });

  test('fails a call whose handler throws, and lives on', async () => {
    const probe = await start();
    await expect(probe.invoke({ throw: true })).rejects.toThrow('thrown');
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
  });

  test.each([[{ crash: true }], [{ exit: true }]])(
    'is replaced after %j, and its calls fail',
    async (event) => {
      const probe = await start();
      await probe.invoke({});
      await expect(probe.invoke(event)).rejects.toThrow(/^probe (crashed|exited)/);
      expect(await probe.invoke({})).toMatchObject({ calls: 1 });
    },
  );

  test('is replaced when it needs more memory than the function has', async () => {
    const probe = await start();
    await expect(probe.invoke({ fill: true })).rejects.toThrow(/^probe crashed: .*memory/);
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
  });

  test("is replaced after the function's timeout", async () => {
    const probe = await start(0.2);
    await expect(probe.invoke({ hang: true })).rejects.toThrow('probe timed out.');
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
  });
});
