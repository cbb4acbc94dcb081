import { useEffect, useRef, useState } from 'react';
import { colorProblem } from '../../../../../shared/statuses/status-color.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { FieldError } from '../../../ui/field.tsx';

type ColorFieldProps = { name: string; color: string; denied: string | null; onChoose: (color: string) => void };

/**
 * The colour of a mark. A picker tells every colour that the pointer passes; only the one that it is left with counts, and one that
 * a theme would not show well enough is refused in words.
 */
export function ColorField({ name, color, denied, onChoose }: ColorFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState<string | null>(null);
  const problem = tried === null ? null : colorProblem(tried);
  useEffect(() => {
    const field = input.current;
    // React's own change event is the passing one.
    const choose = () => {
      const chosen = field?.value.toLowerCase() ?? color;
      setTried(chosen);
      if (colorProblem(chosen) === null && chosen !== color) onChoose(chosen);
    };
    field?.addEventListener('change', choose);
    return () => field?.removeEventListener('change', choose);
  }, [color, onChoose]);
  return (
    <>
      <input
        ref={input}
        key={color}
        type="color"
        className="swatch"
        aria-label={t('Colour of {{name}}', { name })}
        aria-invalid={problem ? true : undefined}
        defaultValue={color}
        disabled={denied !== null}
        title={denied ?? undefined}
      />
      {problem && <FieldError message={saidInWords(problem)} />}
    </>
  );
}
