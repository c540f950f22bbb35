import { action } from '../shared/actions/result-retrieve.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
