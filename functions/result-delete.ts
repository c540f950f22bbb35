import { action } from '../shared/actions/result-delete.ts';
import { serve } from '../shared/serve.ts';

export const handler = serve(action);
