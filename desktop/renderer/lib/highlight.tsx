import { Fragment } from 'react';
import { toSearchText } from '../../../shared/kernel/search-text.ts';

/** The text with the searched words marked at the beginnings of its words, whatever their case or accents. */
export function Highlight({ text, search }: { text: string; search: string }) {
  const words = toSearchText(search).split(' ').filter(Boolean);
  if (words.length === 0) return text;
  return text.split(/(\s+)/u).map((part, index) => {
    const length = words.reduce((longest, word) => {
      const hit = toSearchText(part).startsWith(word) && word.length > longest;
      return hit ? word.length : longest;
    }, 0);
    // eslint-disable-next-line react/no-array-index-key -- the parts of one text never move
    if (length === 0) return <Fragment key={index}>{part}</Fragment>;
    return (
      <Fragment key={index}>
        <mark>{part.slice(0, length)}</mark>
        {part.slice(length)}
      </Fragment>
    );
  });
}
