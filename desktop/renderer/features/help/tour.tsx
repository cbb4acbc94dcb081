import { useNavigate } from '@tanstack/react-router';
import { t } from '../../lib/i18n/t.ts';
import { shortcutCaps } from '../../lib/actions/shortcut.ts';
import { Button } from '../../ui/button.tsx';
import { STEPS, useTour } from './use-tour.ts';

type Step = { title: string; text: string; place: '/inbox' | '/contacts' | '/day' | '/outbox' | '/settings' };

const key = (shortcut: string) => shortcutCaps(shortcut).join(' ');

const steps = (): readonly Step[] => [
  {
    title: t('The next person first'),
    text: t('The inbox opens on whoever has waited longest. An amber lamp always means a person.'),
    place: '/inbox',
  },
  {
    title: t('Everything by key'),
    text: t('{{search}} searches for people, texts and settings. {{help}} shows the keys of any screen.', {
      search: key('mod+k'),
      help: '?',
    }),
    place: '/contacts',
  },
  {
    title: t('Write it down and forget it'),
    text: t('{{task}} anywhere takes “Call Ada tomorrow 9”. Your day shows it when it is time.', {
      task: key('alt+t'),
    }),
    place: '/day',
  },
  {
    title: t('Keep working without a line'),
    text: t('What you change is kept here and sent later. The foot of the sidebar says what waits.'),
    place: '/outbox',
  },
  {
    title: t('Make it yours'),
    text: t('Your name, your keys, your quiet times and a second factor are in the settings.'),
    place: '/settings',
  },
];

/** Five steps on top of the page, in nobody’s way. */
export function Tour() {
  const tour = useTour();
  const navigate = useNavigate();
  const step = steps()[tour.step];
  if (!tour.shown || !step) return null;
  const last = tour.step === STEPS - 1;
  return (
    <section className="tour" aria-label={t('Tour')}>
      <ol aria-hidden="true">
        {Array.from({ length: STEPS }, (_, place) => (
          <li key={place} data-on={place <= tour.step || undefined} />
        ))}
      </ol>
      <div className="min-w-0 flex-1 basis-64" role="status">
        <span className="sr-only">{t('Step {{step}} of {{total}}.', { step: tour.step + 1, total: STEPS })} </span>
        <b className="med">{step.title}</b>
        <p>{step.text}</p>
      </div>
      <div className="flex flex-wrap gap-1">
        <Button size="sm" look="ghost" onClick={() => void navigate({ to: step.place })}>
          {t('Show me')}
        </Button>
        {tour.step > 0 && (
          <Button size="sm" look="ghost" onClick={() => tour.go(tour.step - 1)}>
            {t('Back')}
          </Button>
        )}
        <Button size="sm" onClick={() => (last ? tour.end() : tour.go(tour.step + 1))}>
          {last ? t('Done', { context: 'verb' }) : t('Next')}
        </Button>
        {!last && (
          <>
            <Button size="sm" look="ghost" onClick={tour.later}>
              {t('Later')}
            </Button>
            <Button size="sm" look="ghost" onClick={tour.end}>
              {t('Never again')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
