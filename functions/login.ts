import { action } from '../shared/actions/login.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
