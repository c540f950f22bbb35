import { action } from '../shared/actions/domain-unlock.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
