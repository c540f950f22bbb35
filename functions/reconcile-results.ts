import { reconcileOnSchedule } from '../shared/reconciler/on-schedule.ts';

export const handler = reconcileOnSchedule();
