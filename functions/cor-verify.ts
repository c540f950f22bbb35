import { action } from '../shared/actions/cor-verify.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
