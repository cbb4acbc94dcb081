import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

const cents = z.number();
const count = z.number().int();

/**
 * What the dashboard counts. Sums are in cents of the workspace's currency, of estimated revenue unless they say `actual`.
 * A new lead was added in the last 30 days; an active customer has bought (status sold or won, or actual revenue).
 */
export const readDashboard = operation({
  name: 'contacts.dashboard',
  kind: 'query',
  agent: true,
  summary: 'Count contacts, revenue, pipelines and statuses.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/dashboard-stats' }],
  input: z.object({}),
  output: z.object({
    contacts: count,
    newLeads: count,
    activeCustomers: count,
    emergencies: count,
    estimatedRevenueCents: cents,
    actualRevenueCents: cents,
    pipelineValueCents: cents,
    stages: z.array(
      z.object({
        stageId: z.uuid(),
        name: z.string(),
        pipelineId: z.uuid(),
        pipelineName: z.string(),
        probability: z.number(),
        contacts: count,
        valueCents: cents,
      }),
    ),
    statuses: z.array(z.object({ key: z.string().nullable(), name: z.string(), contacts: count, valueCents: cents })),
  }),
});
