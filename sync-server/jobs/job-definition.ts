/** Thrown by a job that could not be done now and should be tried again by its own rules. Not an error worth a log. */
export class JobRetry extends Error {}

/** A kind of job: its name and how it is tried again. Fixed when a job is enqueued, so every process knows all of them. */
export type JobKind = {
  readonly name: string;
  /** How often it is tried again after the first attempt failed. */
  readonly retryLimit: number;
  /** Wait before the first retry; it doubles each time, up to five minutes. */
  readonly retryDelaySeconds: number;
  /** How many of them one worker process does at once. */
  readonly concurrency: number;
  /** Also done at these times (UTC), once for all servers; a time that nobody was up at is made up for. */
  readonly cron?: string;
};

/** Work that is slow or outside: done after the transaction that asked for it, at least once, again after a crash. */
export type JobDefinition = {
  readonly kind: JobKind;
  /** Done when it returns; tried again when it throws. It must bear being run twice. `signal` ends when its time is over. */
  run(data: unknown, attempt: { isLastAttempt: boolean; signal: AbortSignal }): Promise<void>;
};
