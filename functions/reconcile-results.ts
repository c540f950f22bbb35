import { watchResults } from '../shared/orders/watch-results.ts';

export const handler = watchResults();
