import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type RunningBundle, startBundle } from './running-bundle.ts';

const CHALLENGE = { fqdn: '_acme-challenge.www.example.com.', value: 'canary-token-1' };
const told: string[] = [];

/** What two clients send, byte by byte but for the login, and what they take for success. */
const EXACT = [
  [
    'lego (httpreq)',
    { 'Content-Type': 'application/json', 'User-Agent': 'goacme-lego/5.6.0' },
    (name: string, value: string) => `{"fqdn":"${name}.","value":"${value}"}\n`,
    (status: number) => status < 300,
  ],
  [
    'acme.sh (dns_acmeproxy)',
    {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'User-Agent': 'acme.sh/3.1.2',
    },
    (name: string, value: string) => `{"fqdn": "${name}.", "value": "${value}"}`,
    (_status: number, text: string, value: string) => text.includes(`"${value}"`),
  ],
] as const;

let bundle: RunningBundle;
let login: string;

beforeAll(async () => {
  bundle = await startBundle({ tell: (line) => told.push(line) });
  const { username, password } = bundle.acmeLogin ?? {};
  login = `${username}:${password}`;
});

afterAll(() => bundle.close());

const post = (route: string, challenge: object, given = login): Promise<Answer> => {
  const authorization = `Basic ${Buffer.from(given).toString('base64')}`;
  return bundle.post(`/v1/acme/${route}`, challenge, { authorization });
};

/** The texts of TXT records at a name of the zone. */
async function txt(domain: string, name: string): Promise<string[]> {
  const { json } = await bundle.get(`/v1/dns-zone-get?domain=${domain}`);
  const rrsets: { name: string; type: string; records: string[] }[] = json.rrsets;
  return rrsets.find((it) => it.name === name && it.type === 'TXT')?.records ?? [];
}

describe('an ACME client', () => {
  test('is told where and how to log in, in a line for people', () => {
    const { username, password } = bundle.acmeLogin ?? {};
    expect(told).toContain(
      `ACME clients log in at ${bundle.url}/v1/acme as ${username} with ${password}`,
    );
  });

  test('answers two challenges at a name, as for a wildcard, and takes one back', async () => {
    const second = { ...CHALLENGE, value: 'canary-token-2' };
    for (const challenge of [CHALLENGE, second, second]) {
      const { status, json } = await post('present', challenge);
      expect({ status, json }).toEqual({ status: 200, json: challenge });
    }
    expect(await txt('example.com', '_acme-challenge.www')).toEqual(
      expect.arrayContaining([CHALLENGE.value, second.value]),
    );
    for (const challenge of [CHALLENGE, CHALLENGE]) {
      expect(await post('cleanup', challenge)).toMatchObject({ status: 200, json: challenge });
    }
    expect(await txt('example.com', '_acme-challenge.www')).toEqual([second.value]);
  });

  test.each(EXACT)('%s is understood as it writes', async (_client, headers, toBody, isGood) => {
    const value = 'gfj9Xq-Rg0l9wxUpr0tCvvGLtNkqGv5n1Cd-3eSUfTI';
    const credentials = Buffer.from(login).toString('base64');
    for (const route of ['present', 'cleanup']) {
      const response = await fetch(`${bundle.url}/v1/acme/${route}`, {
        method: 'POST',
        headers: { ...headers, Authorization: `Basic ${credentials}` },
        body: toBody('_acme-challenge.mail.example.com', value),
      });
      expect(isGood(response.status, await response.text(), value)).toBe(true);
      const there = await txt('example.com', '_acme-challenge.mail');
      expect(there).toEqual(route === 'present' ? [value] : []);
    }
  });

  test('leaves no version of the zone behind', async () => {
    const { json } = await bundle.get('/v1/dns-zone-versions?domain=example.com');
    expect(json.versions).toEqual([]);
  });

  test('may write the name as it likes', async () => {
    const challenge = { fqdn: '_Acme-Challenge.BÜCHER.example', value: 'x' };
    expect(await post('present', challenge)).toMatchObject({ status: 200, json: challenge });
    expect(await txt('bücher.example', '_acme-challenge')).toEqual(['x']);
  });

  test.each([
    ['a zone that is not open', { ...CHALLENGE, fqdn: '_acme-challenge.gold.example' }, 403],
    ['a zone of others', { ...CHALLENGE, fqdn: '_acme-challenge.example.de' }, 403],
    ['another name', { ...CHALLENGE, fqdn: 'www.example.com' }, 400],
    ['a value that is none', { ...CHALLENGE, value: 'a"b' }, 400],
    ['another type', { ...CHALLENGE, type: 'A' }, 400],
  ])('cannot touch %s', async (_what, challenge, status) => {
    const answer = await post('present', challenge);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test.each([
    ['another password', 'acme:canary-password'],
    ['nothing', ''],
  ])('is asked to log in where it comes with %s', async (_what, given) => {
    const { status, headers, json } = await post('present', CHALLENGE, given);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Basic realm="acme", charset="UTF-8"');
    expect(json).toMatchObject({ type: 'about:blank', status: 401 });
  });

  test('leaves nothing of its login in the log', () => {
    const [, password = ''] = login.split(':');
    expect(bundle.logged()).not.toContain(password);
    expect(bundle.logged()).not.toMatch(/canary|Y2FuYXJ5/);
  });
});

test('with no zone open there is no such route, and nothing to log in with', async () => {
  const lines: string[] = [];
  const closed = await startBundle({ acmeZones: [], tell: (line) => lines.push(line) });
  try {
    expect(closed.acmeLogin).toBeUndefined();
    expect(lines.filter((line) => line.includes('ACME'))).toEqual([]);
    expect(await closed.post('/v1/acme/present', CHALLENGE)).toMatchObject({ status: 403 });
  } finally {
    await closed.close();
  }
});
