const BANDS = [
  { upTo: 25, band: 'cold', word: 'Cold' },
  { upTo: 50, band: 'warm', word: 'Warm' },
  { upTo: 75, band: 'hot', word: 'Hot' },
  { upTo: 100, band: 'very-hot', word: 'Very hot' },
] as const;

/** Bars, number and colour together; the word on hover and to screen readers. */
export function Score({ score }: { score: number }) {
  const lit = Math.max(
    0,
    BANDS.findIndex(({ upTo }) => score <= upTo),
  );
  const { band, word } = BANDS[lit] ?? BANDS[3];
  return (
    <span className="score" data-band={band} title={`${word}, score ${score}`}>
      <span className="bars" aria-hidden="true">
        {BANDS.map((each, index) => (
          <i key={each.band} className={index <= lit ? 'on' : ''} />
        ))}
      </span>
      {score}
      <span className="sr-only">, {word}</span>
    </span>
  );
}
