import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { serve } from '../../../shared/http/serve.ts';
import { captureLog } from '../../captured-log.ts';
import { asking, toEvent } from '../../functions/bad-request.ts';
import { actionOf } from '../../functions/every-action.ts';
import { A, add, DOMAIN, etagOf, LINES, put, RRSETS, startZone, writesOf } from './zone-calls.ts';

captureLog();

describe('the precondition', () => {
  test('is required where a zone is replaced, whatever else is wrong', async () => {
    const rig = await startZone();
    for (const body of [
      {},
      { rrsets: 1 },
      { domain: 'x' },
      { rrsets: [{ ...A, records: ['x'] }] },
    ]) {
      expect(await put(rig, {}, body)).toMatchObject({
        status: 428,
        problem: 'precondition-required',
      });
      const answer = await rig.call('dns-zone-restore', { domain: DOMAIN, version: 1, ...body });
      expect(answer).toMatchObject({ status: 428, problem: 'precondition-required' });
    }
    expect(await add(rig)).toMatchObject({ status: 200 });
  });

  test('is failed by another zone before its content is judged', async () => {
    const rig = await startZone();
    const headers = { 'If-Match': await etagOf(rig) };
    rig.registrar.editZone(DOMAIN, (text) => `${text}c A 0 192.0.2.1 60\n`);
    const wrong = { rrsets: [{ name: 'a b', type: 'NONE', ttl: 1, records: ['x'] }] };
    const failed = { status: 412, problem: 'precondition-failed' };
    expect(await put(rig, headers, wrong)).toMatchObject(failed);
    expect(await add(rig, headers, { add: [{ ...A, record: 'x' }] })).toMatchObject(failed);
    expect(await add(rig, headers, { dryRun: true })).toMatchObject(failed);
    const restore = { domain: DOMAIN, version: 99 };
    expect(await rig.call('dns-zone-restore', restore, headers)).toMatchObject(failed);
    expect(writesOf(rig)).toBe(0);
  });

  test('holds while a router changes its address and another password is set', async () => {
    const rig = await startZone([...LINES, 'home DYNA 0 192.0.2.1 60']);
    const headers = { 'if-match': await etagOf(rig) };
    rig.registrar.setDynamicAddress(DOMAIN, 'home', '192.0.2.99');
    rig.registrar.editZone(DOMAIN, (text) => text.replace('canary', 'another'));
    const rrsets = [...RRSETS, { name: 'home', type: 'DYNA', ttl: 60, records: ['192.0.2.1'] }];
    expect(await put(rig, headers, { rrsets })).toMatchObject({ status: 200 });
    expect(rig.registrar.zone(DOMAIN)).toContain('home DYNA 0 192.0.2.99 60');
    expect(rig.registrar.zone(DOMAIN)).toContain('$dyndns=yes:user:another');
  });

  test('holds for any of a list, for * and for no weak tag', async () => {
    const rig = await startZone();
    const etag = await etagOf(rig);
    const dryRun = { dryRun: true };
    for (const value of ['*', ' * ', etag, `"x", ${etag}`, `${etag},"x"`, `W/"y" , ${etag}\t,""`]) {
      expect([value, (await put(rig, { 'IF-MATCH': value }, dryRun)).status]).toEqual([value, 200]);
    }
    for (const value of [`W/${etag}`, '"x"', '""', '"x", W/"*"', '"*"']) {
      expect([value, (await put(rig, { 'If-Match': value }, dryRun)).status]).toEqual([value, 412]);
    }
  });

  test('is refused where it is none', async () => {
    const rig = await startZone();
    const etag = await etagOf(rig);
    const unquoted = etag.slice(1, -1);
    const values = ['', ' ', unquoted, `"${unquoted}`, `${etag}${etag}`, `${etag} ${etag}`];
    for (const value of [...values, '*, "x"', `,${etag}`, `w/${etag}`, '"a b"', '"ä"', '**']) {
      const answer = await put(rig, { 'If-Match': value });
      expect([value, answer.status, answer.json.field]).toEqual([value, 400, 'If-Match']);
    }
    expect(writesOf(rig)).toBe(0);
  });

  test('is refused where it is given twice', async () => {
    const action = await actionOf('dns-zone-put');
    const handler = serve(action, { zones: () => Promise.reject(new Error('Nobody asks.')) });
    const given = asking(action, { domain: DOMAIN, rrsets: [], forwards: [] });
    for (const headers of [
      { multiValueHeaders: { 'If-Match': ['*', '*'] } },
      { headers: { 'If-Match': '*', 'if-match': '*' } },
    ]) {
      const answer = await handler(toEvent({ ...given, ...headers }), {} as Context);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 400, field: 'If-Match' });
    }
  });
});
