import { Link, useNavigate } from '@tanstack/react-router';
import { Filter, Plus } from 'lucide-react';
import { segmentRule } from '../../../../shared/segments/segment.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { formatCount } from '../../lib/format/format-count.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { ruleText } from '../../lib/rules/rule-sentence.tsx';
import { useContactSetup, useRuleNames } from '../../lib/rules/use-rule-names.ts';
import { ruleToWords } from '../../../../shared/segments/rule-words.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Every segment with whom it means, in words, and how many they are now. */
export function SegmentsPage() {
  const navigate = useNavigate();
  const mayMake = useMay('AGENT');
  const { segments } = useContactSetup();
  const { isPending, data, error, refetch } = useQuery('contacts.setup', {});
  const make = () => void navigate({ to: '/segments/$id', params: { id: 'new' } });
  useActions([
    {
      id: 'segments.new',
      label: t('New segment'),
      icon: Plus,
      section: t('Segments'),
      shortcuts: ['n'],
      when: () => mayMake,
      run: make,
    },
  ]);
  return (
    <>
      <header className="top">
        <h1>{t('Segments')}</h1>
        {mayMake && (
          <Button size="sm" icon={Plus} shortcut="n" className="ms-auto" onClick={make}>
            {t('New segment')}
          </Button>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !data ? (
          <EmptyState
            title={t('The segments could not be read')}
            actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
          >
            {saidInWords(error.message)}
          </EmptyState>
        ) : isPending ? (
          <Skeleton rows={6} />
        ) : segments.length === 0 ? (
          <EmptyState
            title={t('No segments yet')}
            actions={
              mayMake && (
                <Button look="primary" icon={Plus} onClick={make}>
                  {t('New segment')}
                </Button>
              )
            }
          >
            {t('A segment is a rule: contacts come and go as they meet it. Or make one from the filters of the list.')}
          </EmptyState>
        ) : (
          <ul className="segment-list">
            {segments.map((segment) => (
              <SegmentItem key={segment.id} {...segment} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

type ItemProps = { id: string; name: string; description: string | null; kind: 'dynamic' | 'static'; rule: unknown };

function SegmentItem({ id, name, description, kind, rule }: ItemProps) {
  const nameOf = useRuleNames();
  const read = segmentRule.safeParse(rule);
  const { data } = useQuery(
    'contacts.matching',
    { rule: { field: 'segment', op: 'in', id }, sample: 0 },
    { keep: true },
  );
  return (
    <li>
      <Link to="/segments/$id" params={{ id }} className="segment-item">
        <Filter size={16} aria-hidden="true" className="text-ink-3" />
        <span className="grid min-w-0 flex-1">
          <span className="med trunc">
            {name} {kind === 'static' && <span className="badge">{t('fixed')}</span>}
          </span>
          <span className="trunc text-small text-ink-2">
            {description || (read.success ? ruleText(ruleToWords(read.data), nameOf) : t('Made by a later version'))}
          </span>
        </span>
        <span className="num">{data ? formatCount(data.count) : '…'}</span>
      </Link>
    </li>
  );
}
