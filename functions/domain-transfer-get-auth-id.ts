import { action } from '../shared/actions/domain-transfer-get-auth-id.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
