import { Check } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';

export const IMPORT_STEPS = ['columns', 'check'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

type ImportStepsProps = { step: ImportStep; problems: number; onStep: (step: ImportStep) => void };

/** Where somebody is between the file and the import. Steps can be gone back to. */
export function ImportSteps({ step, problems, onStep }: ImportStepsProps) {
  const labels: Record<ImportStep, string> = { columns: t('Columns'), check: t('Check') };
  return (
    <ol className="flex flex-wrap items-center gap-1.5" aria-label={t('Steps of the import')}>
      <li className="flex items-center gap-1 px-2 text-ink-3">
        <Check size={14} aria-hidden="true" />
        {t('File')}
      </li>
      {IMPORT_STEPS.map((one, nth) => (
        <li key={one}>
          <button
            type="button"
            className="btn sm"
            aria-current={one === step ? 'step' : undefined}
            aria-pressed={one === step}
            onClick={() => onStep(one)}
          >
            <span className="num">{nth + 2}</span> {labels[one]}
            {one === 'check' && problems > 0 && <span className="badge num">{problems}</span>}
          </button>
        </li>
      ))}
      <li className="px-2 text-ink-3">
        <span className="num">4</span> {t('Import')}
      </li>
    </ol>
  );
}
