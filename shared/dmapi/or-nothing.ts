import { DmapiError } from './error.ts';
import type { Reply } from './reply.ts';

const NOTHING: Reply = { statusCode: 0, headers: new Map(), body: '' };

/** A list of the registrar; some answer "there is none" (2303) where there is nothing to list. */
export async function orNothing(asked: Promise<Reply>): Promise<Reply> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DmapiError && error.kind === 'not-found') return NOTHING;
    throw error;
  }
}
