import { action } from '../shared/actions/logout.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
