/** What → means: 1 further on, −1 back, where the language runs from right to left. */
export const ahead = (): 1 | -1 => (document.documentElement.dir === 'rtl' ? -1 : 1);
