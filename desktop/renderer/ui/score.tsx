import { formatCount } from '../lib/format/format-count.ts';
import { t } from '../lib/i18n/t.ts';
const bands = () =>
  [
    { upTo: 25, band: 'cold', word: t('Cold') },
    { upTo: 50, band: 'warm', word: t('Warm') },
    { upTo: 75, band: 'hot', word: t('Hot') },
    { upTo: 100, band: 'very-hot', word: t('Very hot') },
  ] as const;

/** Bars, number and colour together; the word on hover and to screen readers. */
export function Score({ score }: { score: number }) {
  const lit = Math.max(
    0,
    bands().findIndex(({ upTo }) => score <= upTo),
  );
  const { band, word } = bands()[lit] ?? bands()[3];
  return (
    <span className="score" data-band={band} title={t('{{word}}, score {{score}}', { word, score })}>
      <span className="bars" aria-hidden="true">
        {bands().map((each, index) => (
          <i key={each.band} className={index <= lit ? 'on' : ''} />
        ))}
      </span>
      {formatCount(score)}
      <span className="sr-only">, {word}</span>
    </span>
  );
}
