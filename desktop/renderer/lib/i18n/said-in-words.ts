export const saidInWords = (text: string): string => text;
