import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import {
  type ExecutionEnvironment,
  startEnvironment,
} from '../../../infra/local/execution-environment.ts';

const WORKER = path.join(import.meta.dirname, '../../../infra/local/function-thread-worker.ts');

/** A function that does as its event says. */
const BUNDLE = `
let calls = 0;
export async function handler(event, context) {
  calls++;
  if (event.say) console.log(event.say);
  if (event.crash) setImmediate(() => { throw new Error('crashed'); });
  if (event.exit) process.exit(1);
  if (event.throw) throw new Error('thrown');
  if (event.crash || event.hang) await new Promise(() => {});
  return { calls, env: process.env, name: context.functionName, left: context.getRemainingTimeInMillis() };
}`;

let directory: string;
let environment: ExecutionEnvironment | undefined;
let logged = '';

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-test-'));
  await writeFile(path.join(directory, 'index.mjs'), BUNDLE);
  await build({
    entryPoints: [WORKER],
    outfile: path.join(directory, 'worker.mjs'),
    format: 'esm',
  });
});

afterEach(async () => {
  await environment?.close();
  logged = '';
});

afterAll(() => rm(directory, { recursive: true }));

async function start(timeoutSeconds = 5): Promise<ExecutionEnvironment> {
  environment = await startEnvironment({
    deployed: {
      arn: 'arn:aws:lambda:eu-central-1:000000000000:function:probe',
      name: 'probe',
      bundle: path.join(directory, 'index.mjs'),
      timeoutSeconds,
      memoryMb: 256,
      environment: { OWN: 'mine' },
    },
    worker: path.join(directory, 'worker.mjs'),
    serviceVariables: { AWS_REGION: 'eu-central-1' },
    logs: new Writable({
      write(chunk, _encoding, done) {
        logged += chunk;
        done();
      },
    }),
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
    while (logged === '') await new Promise(setImmediate);
    expect(logged).toBe('hello\n');
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

  test("is replaced after the function's timeout", async () => {
    const probe = await start(0.2);
    await expect(probe.invoke({ hang: true })).rejects.toThrow('probe timed out.');
    expect(await probe.invoke({})).toMatchObject({ calls: 1 });
  });
});
