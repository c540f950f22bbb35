import { action } from '../shared/actions/ns-create.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
