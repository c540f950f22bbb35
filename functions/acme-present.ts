import { action } from '../shared/actions/acme-present.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
