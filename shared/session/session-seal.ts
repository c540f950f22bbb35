import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { StoredCredentials } from './credentials.ts';

/** Keeps texts from all who cannot read the credentials. */
export interface Seal {
  seal(text: string): string;
  /** The text; `undefined` where it was sealed with other credentials, or is no sealed text. */
  open(sealed: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The seal of credentials: AES-256-GCM under a key that HKDF (RFC 5869) derives from them. The
 * version of the secret, a random UUID, goes into it too: to guess a password by what is sealed one
 * has to be able to look that up.
 */
export function sealOf({ credentials, version }: StoredCredentials): Seal {
  const secret = JSON.stringify([version, credentials]);
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'joker-dmapi session 1', KEY_BYTES));
  return {
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
