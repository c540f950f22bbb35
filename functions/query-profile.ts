import { action } from '../shared/actions/query-profile.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
