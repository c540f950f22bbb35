import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ExecutionEnvironment,
  executionEnvironment,
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

/** @param settings what of the function changes while it lives */
function create(settings = { timeoutSeconds: 300 }): ExecutionEnvironment {
  const collected = collectLogs();
  logged = collected.logged;
  environment = executionEnvironment({
    deployed: {
      ...written.deployed,
      get timeoutSeconds() {
        return settings.timeoutSeconds;
      },
    },
    worker: written.worker,
    serviceVariables: { AWS_REGION: 'eu-central-1' },
    logs: collected.logs,
  });
  return environment;
}

describe('an execution environment', () => {
  test('loads the code at the first call, once for all who come meanwhile', async () => {
    const probe = create();
    const calls = [probe.invoke({}), probe.invoke({}), probe.invoke({})];
    expect((await Promise.all(calls)).map((it) => (it as { calls: number }).calls)).toEqual([
      1, 2, 3,
    ]);
  });

  test('that nobody calls is not started, and not after it was closed', async () => {
    const probe = create();
    const early = probe.invoke({}).catch((error: Error) => error.message);
    await probe.close();
    expect(await early).toBe('The local run is closed.');
    await expect(probe.invoke({})).rejects.toThrow('The local run is closed.');
  });

  test('keeps its module state between calls', async () => {
    const probe = create();
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
  });

  test('has its own variables and none of this process', async () => {
    const probe = create();
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
    const { name, left } = (await create().invoke({})) as { name: string; left: number };
    expect(name).toBe('probe');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(300_000);
  });

  test('takes several calls at a time', async () => {
    const probe = create();
    const hanging = probe.invoke({ hang: true }).catch((error: Error) => error.message);
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
    await probe.close();
    expect(await hanging).toBe('The local run is closed.');
  });

  test('passes on what the function logs', async () => {
    const probe = create();
    await probe.invoke({ say: 'hello' });
    while (logged() === '') await new Promise(setImmediate);
    expect(logged()).toBe('hello\n');
  });

  test('fails a call whose handler throws, and lives on', async () => {
    const probe = create();
    await expect(probe.invoke({ throw: true })).rejects.toThrow('thrown');
    expect(await probe.invoke({})).toMatchObject({ calls: 2 });
  });

  test.each([[{ crash: true }], [{ exit: true }]])(
    'is replaced after %j, and its calls fail',
    async (event) => {
      const probe = create();
      await probe.invoke({});
      await expect(probe.invoke(event)).rejects.toThrow(/^probe (crashed|exited)/);
      expect(await probe.invoke({})).toMatchObject({ calls: 1 });
    },
  );

  test('is replaced when it needs more memory than the function has', async () => {
    const probe = create();
    await expect(probe.invoke({ fill: true })).rejects.toThrow(/^probe crashed: .*memory/);
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
  });

  test("is replaced after the function's timeout", async () => {
    const settings = { timeoutSeconds: 0.2 };
    const probe = create(settings);
    await expect(probe.invoke({ hang: true })).rejects.toThrow('probe timed out.');
    settings.timeoutSeconds = 300;
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
  });
});
