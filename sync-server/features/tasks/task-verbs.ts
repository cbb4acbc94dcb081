import * as operations from '../../../shared/tasks/task-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { completeTask, createTask, deleteTask, reopenTask, updateTask } from './change-task.ts';
import { getTask, listTasks } from './list-tasks.ts';

export const taskVerbs: BoundVerb[] = [
  bindVerb(operations.listTasks, listTasks),
  bindVerb(operations.getTask, getTask),
  bindVerb(operations.createTask, createTask),
  bindVerb(operations.updateTask, updateTask),
  bindVerb(operations.completeTask, completeTask),
  bindVerb(operations.reopenTask, reopenTask),
  bindVerb(operations.deleteTask, deleteTask),
];
