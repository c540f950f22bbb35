import { action } from '../shared/actions/grants-revoke.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
