import { z } from 'zod';

/** A moment as people may send it: epoch milliseconds from 1970 to the end of the year 9999, which every store of ours can hold. */
export const instantInput = z.number().int().min(0).max(253_402_300_799_999);
