import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useActions } from '../../lib/actions/actions.tsx';
import { t } from '../../lib/i18n/t.ts';
import { IconButton } from '../../ui/button.tsx';
import { MergePair } from './merge-pair.tsx';

/** Two contacts that a person chose to merge, from the page of one of them. */
export function MergePage({ keepId, mergeId }: { keepId: string; mergeId: string }) {
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: '/contacts/$id', params: { id } });
  const back = () => open(keepId);
  useActions([
    { id: 'merge.back', label: t('Back'), icon: ArrowLeft, section: t('Duplicates'), shortcuts: ['escape'], run: back },
  ]);
  return (
    <>
      <header className="top">
        <IconButton icon={ArrowLeft} label={t('Back')} shortcut="escape" className="-ms-2" onClick={back} />
        <h1>{t('Merge contacts')}</h1>
      </header>
      <div className="body merge-body">
        <MergePair keepId={keepId} mergeId={mergeId} onDone={(kept) => open(kept ?? keepId)} />
      </div>
    </>
  );
}
