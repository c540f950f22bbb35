import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createFunctions, type Functions } from '../../../infra/local/functions.ts';
import { collectLogs, type Probe, writeProbe } from './probe-function.ts';

const ONE = 'arn:aws:lambda:eu-central-1:000000000000:function:one';
const TWO = 'arn:aws:lambda:eu-central-1:000000000000:function:two';

let probe: Probe;
let functions: Functions;
let logged: () => string;

beforeAll(async () => {
  probe = await writeProbe();
});

beforeEach(() => {
  const collected = collectLogs();
  logged = collected.logged;
  const deployed = [
    { ...probe.deployed, name: 'one', arn: ONE },
    { ...probe.deployed, name: 'two', arn: TWO },
  ];
  const { worker } = probe;
  functions = createFunctions(deployed, {
    worker,
    serviceVariables: {},
    logs: collected.logs,
  });
});

afterEach(() => functions.close());
afterAll(() => probe.remove());

describe('the functions', () => {
  test('are called by their ARN, each with a state of its own', async () => {
    expect(await functions.invoke(ONE, {})).toMatchObject({ name: 'one', calls: 1 });
    expect(await functions.invoke(ONE, {})).toMatchObject({ name: 'one', calls: 2 });
    expect(await functions.invoke(TWO, {})).toMatchObject({ name: 'two', calls: 1 });
    expect(logged()).toBe('');
  });

  test('log why a call fails, and the next call is served', async () => {
    await expect(functions.invoke(ONE, { throw: true })).rejects.toThrow('thrown');
    expect(logged()).toBe(`${ONE}: Error: thrown\n`);
    expect(await functions.invoke(ONE, {})).toMatchObject({ calls: 2 });
  });

  test('do not include one that nobody deployed', async () => {
    const three = ONE.replace('one', 'three');
    await expect(functions.invoke(three, {})).rejects.toThrow(`${three} is not running.`);
  });

  test('are gone once closed: what they were doing fails without a word in the log', async () => {
    const outcome = functions.invoke(ONE, { hang: true }).catch((error: Error) => error.message);
    await functions.invoke(ONE, {});
    await functions.close();
    expect(await outcome).toBe('The local run is closed.');
    await expect(functions.invoke(ONE, {})).rejects.toThrow('is not running.');
    expect(logged()).toBe('');
  });
});

test('one that cannot be started fails its calls, tells why, and spoils no other', async () => {
  const { deployed, worker } = probe;
  const broken = { ...deployed, name: 'broken', arn: TWO, bundle: `${deployed.bundle}.missing` };
  const { logs, logged: told } = collectLogs();
  const mixed = createFunctions([deployed, broken], { worker, serviceVariables: {}, logs });
  for (let call = 0; call < 2; call++) {
    await expect(mixed.invoke(TWO, {})).rejects.toThrow(/Cannot find module|exited while it was/);
  }
  expect(told()).toContain(`${TWO}: `);
  expect(await mixed.invoke(deployed.arn, {})).toMatchObject({ calls: 1 });
  await mixed.close();
});
