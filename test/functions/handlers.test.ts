import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { Action } from '../../shared/action.ts';
import type { Handler } from '../../shared/http/serve.ts';
import { captureLog } from '../captured-log.ts';
import { asking, toEvent } from './bad-request.ts';

captureLog();

const root = new URL('../../', import.meta.url);
const actions = readdirSync(new URL('shared/actions/', root)).map((it) => it.replace(/\.ts$/, ''));

const handlerOf = async (name: string): Promise<Handler> =>
  (await import(`../../functions/${name}.ts`)).handler;

test.each(actions)('the action %s has a function of its name', (name) => {
  expect(existsSync(new URL(`functions/${name}.ts`, root))).toBe(true);
});

describe('the function', () => {
  test.each(actions)('%s serves the action of its name', async (name) => {
    const { method }: Action = (await import(`../../shared/actions/${name}.ts`)).action;
    const parameter = { 'no-such-parameter': '1' };
    const event = toEvent(asking({ method }, parameter));
    const result = await (await handlerOf(name))(event, { awsRequestId: 'lambda-1' } as Context);
    expect(JSON.parse(result.body)).toMatchObject({
      status: 400,
      detail: `${name} has no such parameter.`,
      field: 'no-such-parameter',
    });
  });

  test('answers with a problem where its environment is wrong, and names nothing of it', async () => {
    const env = { ...process.env, DMAPI_URL: 'http://canary.example.net' };
    const replaced = jest.replaceProperty(process, 'env', env);
    try {
      const result = await (await handlerOf('logout'))(toEvent({}), {
        awsRequestId: 'lambda-1',
      } as Context);
      expect(result.statusCode).toBe(500);
      expect(result.body).not.toMatch(/canary|DMAPI_URL/);
    } finally {
      replaced.restore();
    }
  });
});
