import path from 'node:path';
import { startRegistrar } from '../../../infra/local/registrar/registrar.ts';
import { type FunctionProcess, startFunctionProcess } from '../function-process.ts';
import { keptOrThrow } from '../promises.ts';
import { startServices } from '../services.ts';
import { round } from '../statistics.ts';
import type { Row, Table } from '../table.ts';
import { dkimZone } from './zone-texts.ts';

const DOMAIN = 'example.net';
const RECORDS = 10_000;
/** What the functions are given. */
const MEMORY_MB = 256;

/**
 * A zone of 10,000 records of DKIM size through every route, each function fresh and in the memory
 * that it is deployed with.
 */
export async function benchLargeZone(bundles: string): Promise<Table[]> {
  const registrar = await startRegistrar();
  const services = await startServices(registrar.url);
  registrar.editZone(DOMAIN, () => dkimZone(RECORDS));
  const rows: Row[] = [];
  const broken: string[] = [];

  async function call(name: string, input: object, ifMatch?: string) {
    const bundle = path.join(bundles, `${name}.mjs`);
    const started = await startFunctionProcess({ bundle, env: services.env, memoryMb: MEMORY_MB });
    try {
      const answer = await ask(started, name, input, ifMatch);
      rows.push({ route: name, status: answer.status, ms: answer.ms, 'peak MB': answer.peakMb });
      if (answer.status !== 200) broken.push(`${name} answered ${answer.status}.`);
      if (answer.peakMb > MEMORY_MB) broken.push(`${name} took ${answer.peakMb} MB.`);
      return answer;
    } finally {
      started.close();
    }
  }

  try {
    const { json, etag } = await call('dns-zone-get', { domain: DOMAIN });
    const [, ...rrsets] = json.rrsets;
    const put = { domain: DOMAIN, rrsets, forwards: [] };
    const written = await call('dns-zone-put', put, etag);
    const add = [{ name: 'new', type: 'A', record: '192.0.2.1' }];
    const patched = await call('dns-zone-patch', { domain: DOMAIN, add }, written.etag);
    const { versions } = (await call('dns-zone-versions', { domain: DOMAIN })).json;
    const { version } = versions.at(-1);
    await call('dns-zone-restore', { domain: DOMAIN, version }, patched.etag);
    const title = `A zone of ${RECORDS} records of DKIM size, in fresh functions of ${MEMORY_MB} MB`;
    return keptOrThrow([{ title, rows }], broken);
  } finally {
    await Promise.all([services.close(), registrar.close()]);
  }
}

async function ask(
  started: FunctionProcess,
  name: string,
  input: object,
  ifMatch: string | undefined,
) {
  const isRead = name === 'dns-zone-get' || name === 'dns-zone-versions';
  const { result, durationMs, peakMb } = await started.call({
    httpMethod: isRead ? 'GET' : 'POST',
    headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
    queryStringParameters: isRead ? input : null,
    body: isRead ? null : JSON.stringify(input),
    requestContext: { requestId: 'bench' },
  });
  return {
    status: result.statusCode as number,
    etag: result.headers.etag as string,
    json: JSON.parse(result.body),
    ms: round(durationMs),
    peakMb: round(peakMb),
  };
}
