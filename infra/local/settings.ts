import { readEndpoint } from '../../shared/dmapi/endpoint.ts';
import { SettingError } from '../setting-error.ts';
import { readZoneNames, ZONE_NAMES } from '../zone-names.ts';

/** What the local run is told by its environment. */
export interface LocalSettings {
  readonly port: number;
  /** How often the reconciler runs. */
  readonly reconcileSeconds: number;
  /** The DMAPI service to use; the simulated registrar where there is none. */
  readonly dmapi: { readonly url: string; readonly secret: object } | undefined;
  /** The zones in which ACME clients may answer challenges, as lower-case ASCII. */
  readonly acmeZones: readonly string[];
}

/** Of the simulated registrar's zones, those that are open to ACME clients unless it is said. */
export const SIMULATED_ACME_ZONES = [
  'example.com',
  'example.net',
  'example.org',
  'xn--bcher-kva.example',
];

const DEFAULT_PORT = 3000;
const DEFAULT_RECONCILE_SECONDS = 5;

/**
 * Reads PORT, RECONCILE_SECONDS, ACME_ZONES, DMAPI_URL and the credentials for it.
 *
 * @throws SettingError
 */
export function readLocalSettings(env: NodeJS.ProcessEnv = process.env): LocalSettings {
  return {
    port: readPort(env.PORT),
    reconcileSeconds: readReconcileSeconds(env.RECONCILE_SECONDS),
    dmapi: readDmapi(env),
    acmeZones: readAcmeZones(env),
  };
}

/** Nothing in a registrar of the user's is open to anybody unasked. */
function readAcmeZones({ ACME_ZONES, DMAPI_URL }: NodeJS.ProcessEnv): readonly string[] {
  if (!ACME_ZONES) return DMAPI_URL ? [] : SIMULATED_ACME_ZONES;
  const names = readZoneNames(ACME_ZONES.split(',').map((name) => name.trim()));
  if (names) return names;
  throw new SettingError(`ACME_ZONES must be ${ZONE_NAMES}, not "${ACME_ZONES}".`);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new SettingError(
      `PORT must be a number from 0 to 65535 (0: any free port), not "${text}".`,
    );
  }
  return port;
}

function readReconcileSeconds(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_RECONCILE_SECONDS;
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 1 && seconds <= 86_400)) {
    throw new SettingError(
      `RECONCILE_SECONDS must be a whole number from 1 to 86400, not "${text}".`,
    );
  }
  return seconds;
}

function readDmapi(env: NodeJS.ProcessEnv): LocalSettings['dmapi'] {
  const url = env.DMAPI_URL;
  if (!url) return undefined;
  try {
    readEndpoint(url);
  } catch (error) {
    throw new SettingError(`DMAPI_URL is not usable. ${(error as Error).message}`);
  }
  const { DMAPI_API_KEY: apiKey, DMAPI_USERNAME: username, DMAPI_PASSWORD: password } = env;
  if (apiKey) return { url, secret: { apiKey } };
  if (username && password) return { url, secret: { username, password } };
  throw new SettingError(
    'DMAPI_URL needs credentials: set DMAPI_API_KEY, or DMAPI_USERNAME and DMAPI_PASSWORD.',
  );
}
