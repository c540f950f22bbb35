import { action } from '../shared/actions/domain-renew.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
