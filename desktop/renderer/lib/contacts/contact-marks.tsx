import { Camera, CircleQuestionMark, Flame, Ghost, MessageCircle, Snowflake, type LucideIcon } from 'lucide-react';
import type { ContactRow, LastMessage } from '../../../../shared/bridge/contacts-contract.ts';
import type { Sentiment } from '../../../../shared/contacts/contact.ts';
import { t } from '../i18n/t.ts';
import { sentimentWords } from '../rules/use-rule-names.ts';

const MOODS: Record<Sentiment, LucideIcon> = {
  hot: Flame,
  cold: Snowflake,
  ghosted: Ghost,
  unsure: CircleQuestionMark,
};

/** A glyph and a word, in the mood's colour. */
export function SentimentMark({ sentiment }: { sentiment: Sentiment }) {
  const Icon = MOODS[sentiment];
  return (
    <span className="sent" data-s={sentiment}>
      <Icon size={14} aria-hidden="true" />
      {sentimentWords()[sentiment]}
    </span>
  );
}

/** A disc that fills as the stage nears the end of its pipeline. */
export function StageMark({ stage }: { stage: { name: string; share: number } | null }) {
  if (!stage) return <span className="text-ink-3">{t('deleted', { context: 'a thing' })}</span>;
  const angle = Math.max(0.08, Math.min(0.999, stage.share)) * 2 * Math.PI;
  const [x, y] = [6 + 3.1 * Math.sin(angle), 6 - 3.1 * Math.cos(angle)];
  return (
    <span className="stage" title={stage.name}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="5" fill="none" stroke="var(--border-control)" strokeWidth="1.4" />
        <path
          d={`M6 2.9A3.1 3.1 0 ${angle > Math.PI ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}L6 6Z`}
          fill="var(--accent)"
        />
      </svg>
      <span className="trunc">{stage.name}</span>
    </span>
  );
}

export const PlatformMarks = ({ row }: { row: Pick<ContactRow, 'hasMessenger' | 'hasInstagram'> }) => (
  <span className="inline-flex gap-1.5 text-ink-2">
    {row.hasMessenger && (
      <span role="img" aria-label="Messenger" title="Messenger">
        <MessageCircle size={14} aria-hidden="true" />
      </span>
    )}
    {row.hasInstagram && (
      <span role="img" aria-label="Instagram" title="Instagram">
        <Camera size={14} aria-hidden="true" />
      </span>
    )}
  </span>
);

const MOST = 50;
const letters = new Intl.Segmenter();

/** The first 50 characters; who wrote it is said where it was us. */
export function LastMessageCell({ message }: { message: LastMessage }) {
  const characters = [...letters.segment(message.preview)].map(({ segment }) => segment);
  const text = characters.length > MOST ? `${characters.slice(0, MOST).join('')}…` : message.preview;
  return (
    <span className="soft" title={message.preview}>
      {message.direction === 'out' ? t('You: {{text}}', { text }) : text}
    </span>
  );
}
