import { action } from '../shared/actions/domain-transfer-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
