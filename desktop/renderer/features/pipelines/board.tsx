import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, CornerDownLeft, SquareKanban } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { ContactRow, ContactSetup } from '../../../../shared/bridge/contacts-contract.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { ahead } from '../../lib/i18n/ahead.ts';
import { useAnnounce } from '../../lib/announce.tsx';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Lane } from './lane.tsx';
import { StageDialog } from './stage-dialog.tsx';
import { useBoardFocus } from './use-board-focus.ts';
import { movedWords, useMoveCard } from './use-move-card.ts';

export type Stage = ContactSetup['stages'][number];

/** Where the focus is: a lane, and the card in it. */
export type Place = { lane: number; index: number };

const NONE: ResultOf<'pipelines.board'> = [];

type BoardProps = { pipelineId: string; stages: readonly Stage[]; filter: SegmentRule | undefined };

/** Lanes side by side. Arrows move the focus, ⇧ and an arrow moves the card, S moves it to a stage by name. */
export function Board({ pipelineId, stages, filter }: BoardProps) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const mayEdit = useMay('AGENT');
  const {
    data: counted,
    error,
    refetch,
  } = useQuery('pipelines.board', { pipelineId, ...(filter && { filter }) }, { keep: true });
  const counts = counted ?? NONE;
  const [place, setPlace] = useState<Place>({ lane: 0, index: 0 });
  const [choosing, setChoosing] = useState<ContactRow | null>(null);
  const focused = useRef<ContactRow | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const { once } = useOnce();
  const move = useMoveCard(pipelineId);
  const countOf = (lane: number) => counts.find(({ stageId }) => stageId === stages[lane]?.id)?.contacts ?? 0;

  const { follow, regain } = useBoardFocus(board, place, countOf(place.lane));

  const goTo = (lane: number, index: number) => {
    const nextLane = Math.max(0, Math.min(stages.length - 1, lane));
    const next = { lane: nextLane, index: Math.max(0, Math.min(countOf(nextLane) - 1, index)) };
    follow();
    setPlace(next);
    announce(
      t('{{stage}}, {{place}} of {{total}}', {
        stage: stages[next.lane]?.name ?? '',
        place: countOf(next.lane) === 0 ? 0 : next.index + 1,
        total: countOf(next.lane),
      }),
    );
  };
  const moveBy = (by: number) => {
    const card = focused.current;
    const target = stages[place.lane + by];
    if (!card || !target) return;
    void once(async () => {
      if (!(await move(card, target))) return;
      follow();
      setPlace({ lane: place.lane + by, index: 0 });
      announce(movedWords(card, target));
    });
  };
  const moveTo = useCallback(
    (card: ContactRow, stage: Stage) => {
      void once(async () => {
        if (!(await move(card, stage))) return;
        follow();
        setPlace({ lane: stages.findIndex(({ id }) => id === stage.id), index: 0 });
        announce(movedWords(card, stage));
      });
    },
    [move, once, announce, follow, stages],
  );
  const onBoard = () => board.current?.contains(document.activeElement) ?? false;
  const keys = { section: t('Board'), keyOnly: true, when: onBoard };
  const moving = { ...keys, when: () => mayEdit && onBoard() };
  useActions([
    {
      ...keys,
      id: 'board.down',
      label: t('Next card'),
      icon: ArrowRight,
      shortcuts: ['arrowdown', 'j'],
      run: () => goTo(place.lane, place.index + 1),
    },
    {
      ...keys,
      id: 'board.up',
      label: t('Previous card'),
      icon: ArrowLeft,
      shortcuts: ['arrowup', 'k'],
      run: () => goTo(place.lane, place.index - 1),
    },
    {
      ...keys,
      id: 'board.right',
      label: t('Next stage'),
      icon: ArrowRight,
      shortcuts: ['arrowright'],
      run: () => goTo(place.lane + ahead(), place.index),
    },
    {
      ...keys,
      id: 'board.left',
      label: t('Previous stage'),
      icon: ArrowLeft,
      shortcuts: ['arrowleft'],
      run: () => goTo(place.lane - ahead(), place.index),
    },
    {
      ...moving,
      id: 'board.moveRight',
      label: t('Move the card to the next stage'),
      icon: ArrowRight,
      shortcuts: ['shift+arrowright'],
      run: () => moveBy(ahead()),
    },
    {
      ...moving,
      id: 'board.moveLeft',
      label: t('Move the card to the previous stage'),
      icon: ArrowLeft,
      shortcuts: ['shift+arrowleft'],
      run: () => moveBy(-ahead()),
    },
    {
      ...moving,
      id: 'board.stage',
      label: t('Move the card to a stage by name'),
      icon: SquareKanban,
      shortcuts: ['s'],
      run: () => setChoosing(focused.current),
    },
    {
      ...keys,
      id: 'board.open',
      label: t('Open the contact'),
      icon: CornerDownLeft,
      shortcuts: ['enter'],
      run: () => focused.current && void navigate({ to: '/contacts/$id', params: { id: focused.current.id } }),
    },
  ]);
  if (error && !counted)
    return (
      <EmptyState
        title={t('The board could not be read')}
        actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
      >
        {saidInWords(error.message)}
      </EmptyState>
    );
  return (
    <div className="kanban" ref={board} role="list" aria-label={t('Stages')}>
      {stages.map((stage, lane) => (
        <Lane
          key={stage.id}
          stage={stage}
          share={(lane + 1) / stages.length}
          lane={lane}
          count={countOf(lane)}
          valueCents={counts.find(({ stageId }) => stageId === stage.id)?.valueCents ?? 0}
          filter={filter}
          focusIndex={place.lane === lane ? place.index : null}
          movable={mayEdit}
          onCardGone={regain}
          onFocusCard={(index, card) => {
            focused.current = card;
            setPlace((before) => (before.lane === lane && before.index === index ? before : { lane, index }));
          }}
          onOpen={(id) => void navigate({ to: '/contacts/$id', params: { id } })}
          onDropCard={moveTo}
        />
      ))}
      <StageDialog
        card={choosing}
        nameOf={contactName}
        stages={stages}
        onClose={() => setChoosing(null)}
        onPick={(card, stage) => {
          setChoosing(null);
          moveTo(card, stage);
        }}
      />
    </div>
  );
}
