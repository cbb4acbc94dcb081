import { countRules } from './contacts-count/count-rules.ts';
import type { Metric } from './metric.ts';

/** What people do with very many contacts. */
export const run = async (): Promise<Metric[]> => [...countRules()];
