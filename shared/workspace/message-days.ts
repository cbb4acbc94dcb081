/** How many days of messages a desktop may keep; null is all of them. Windows begin at the start of a month. */
export const MESSAGE_DAYS = [null, 365, 180, 90, 30] as const;
export type MessageDays = (typeof MESSAGE_DAYS)[number];
