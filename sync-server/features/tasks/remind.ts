import { z } from 'zod';
import { and, eq } from 'drizzle-orm';
import { systemOf, type Perform } from '../../db/act.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import { tasks } from './task-table.ts';

/** One for each time that was chosen; one that was moved, done or deleted meanwhile does nothing. */
export const REMIND: JobKind = { name: 'tasks.remind', retryLimit: 5, retryDelaySeconds: 5, concurrency: 2 };

const asked = z.object({ tenantId: z.uuid(), taskId: z.uuid(), remindAt: z.number() });

export const remindOfTasks = (perform: Perform): JobDefinition => ({
  kind: REMIND,
  async run(data) {
    const { tenantId, taskId, remindAt } = asked.parse(data);
    await perform(systemOf(tenantId), async (act) => {
      const [task] = await act.tx
        .select()
        .from(tasks)
        .where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, taskId)))
        .for('update');
      if (!task?.ownerId || task.completedAt !== null || task.remindAt !== remindAt) return;
      const { contactId, ownerId, title } = task;
      await act.publish({ type: 'task.due', taskId, contactId, ownerId, title });
    });
  },
});
