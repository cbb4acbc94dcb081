import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, CornerDownLeft, SquareKanban } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactRow, ContactSetup } from '../../../../shared/bridge/contacts-contract.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useAnnounce } from '../../lib/announce.tsx';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { t } from '../../lib/i18n/t.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Lane } from './lane.tsx';
import { StageDialog } from './stage-dialog.tsx';
import { useMoveCard } from './use-move-card.ts';

export type Stage = ContactSetup['stages'][number];

/** Where the focus is: a lane, and the card in it. */
export type Place = { lane: number; index: number };

type BoardProps = { pipelineId: string; stages: readonly Stage[]; filter: SegmentRule | undefined };

/** Lanes side by side. Arrows move the focus, ⇧ and an arrow moves the card, S moves it to a stage by name. */
export function Board({ pipelineId, stages, filter }: BoardProps) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const mayEdit = useMay('AGENT');
  const { data: counts = [] } = useQuery('pipelines.board', { pipelineId, ...(filter && { filter }) }, { keep: true });
  const [place, setPlace] = useState<Place>({ lane: 0, index: 0 });
  const [choosing, setChoosing] = useState<ContactRow | null>(null);
  const focused = useRef<ContactRow | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const move = useMoveCard(pipelineId);
  const countOf = (lane: number) => counts.find(({ stageId }) => stageId === stages[lane]?.id)?.contacts ?? 0;

  const goTo = (lane: number, index: number) => {
    const nextLane = Math.max(0, Math.min(stages.length - 1, lane));
    const next = { lane: nextLane, index: Math.max(0, Math.min(countOf(nextLane) - 1, index)) };
    wantsFocus.current = true;
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
    void move(card, target).then((moved) => {
      if (moved) goTo(place.lane + by, 0);
    });
  };
  const moveTo = useCallback(
    (card: ContactRow, stage: Stage) => {
      void move(card, stage).then((moved) => {
        if (!moved) return;
        wantsFocus.current = true;
        setPlace({ lane: stages.findIndex(({ id }) => id === stage.id), index: 0 });
      });
    },
    [move, stages],
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
      run: () => goTo(place.lane + 1, place.index),
    },
    {
      ...keys,
      id: 'board.left',
      label: t('Previous stage'),
      icon: ArrowLeft,
      shortcuts: ['arrowleft'],
      run: () => goTo(place.lane - 1, place.index),
    },
    {
      ...moving,
      id: 'board.moveRight',
      label: t('Move the card to the next stage'),
      icon: ArrowRight,
      shortcuts: ['shift+arrowright'],
      run: () => moveBy(1),
    },
    {
      ...moving,
      id: 'board.moveLeft',
      label: t('Move the card to the previous stage'),
      icon: ArrowLeft,
      shortcuts: ['shift+arrowleft'],
      run: () => moveBy(-1),
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
  // the focus follows once the card it moved to is there
  useEffect(() => {
    if (!wantsFocus.current) return;
    const card = board.current?.querySelector<HTMLElement>(`[data-lane="${place.lane}"] [data-card="${place.index}"]`);
    if (!card) return;
    wantsFocus.current = false;
    card.focus();
  });
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
