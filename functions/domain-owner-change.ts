import { action } from '../shared/actions/domain-owner-change.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
