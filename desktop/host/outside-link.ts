/** What is handed to the system to open: never a scheme that could start a program. */
export const mayOpenLink = (url: string): boolean =>
  url.length <= 2_000 && URL.canParse(url) && ['https:', 'mailto:'].includes(new URL(url).protocol);
