import { customType } from 'drizzle-orm/pg-core';

/** timestamptz(3) in Postgres, epoch milliseconds in the program. */
export const instant = customType<{ data: number; driverData: string | Date }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: (value) => (value instanceof Date ? value : new Date(value)).getTime(),
});
