import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { StoredCredentials } from './credentials.ts';

/** Keeps texts from all who cannot read the credentials. */
export interface Seal {
  seal(text: string): string;
  /** The text; `undefined` where it was sealed with other credentials, or is no sealed text. */
  open(sealed: string): string | undefined;
  /** Tells these credentials from others, and nothing else about them. */
  readonly fingerprint: string;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const FINGERPRINT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The seal of credentials: AES-256-GCM under a key that HKDF (RFC 5869) derives from them. The
 * version of the secret, a random UUID, goes into it: whoever reads sealed texts cannot use them to
 * guess a weak password.
 */
export function sealOf({ credentials, version }: StoredCredentials): Seal {
  const secret = JSON.stringify([version, credentials]);
  const derived = Buffer.from(
    hkdfSync('sha256', secret, '', 'joker-dmapi session', KEY_BYTES + FINGERPRINT_BYTES),
  );
  const key = derived.subarray(0, KEY_BYTES);
  return {
    fingerprint: derived.subarray(KEY_BYTES).toString('hex'),
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
