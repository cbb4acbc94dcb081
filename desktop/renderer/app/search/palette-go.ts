/** Runs after the palette has given the focus back, so that what is opened may take it. */
export const afterClosing = (close: () => void, act: () => void) => () => {
  close();
  setTimeout(act);
};

export type PaletteGroupProps = {
  text: string;
  /** Closes the palette; what was searched for is kept where it led somewhere. */
  close: () => void;
};
