import { useState, type DragEvent } from 'react';

/** What a row and its handle are given so that the row can be dragged to another place. */
export type DragPlace = {
  handle: { draggable: true; onDragStart: (event: DragEvent) => void; onDragEnd: () => void };
  row: {
    onDragOver: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
    'data-drop': 'before' | 'after' | undefined;
  };
};

/**
 * Reorders the rows of one list by drag; rows of another list are not taken. A handle is dragged, not the row, so that text in
 * it can still be selected. Keys and buttons for the same stand beside it.
 */
export function useDragOrder(onMove: (from: number, to: number) => void): (place: number) => DragPlace {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  return (place) => ({
    handle: {
      draggable: true,
      onDragStart: (event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', '');
        const row = event.currentTarget.closest('li');
        if (row) event.dataTransfer.setDragImage(row, 12, 12);
        setFrom(place);
      },
      onDragEnd: end,
    },
    row: {
      onDragOver: (event) => {
        if (from === null) return;
        event.preventDefault();
        if (over !== place) setOver(place);
      },
      onDrop: (event) => {
        if (from === null) return;
        event.preventDefault();
        if (from !== place) onMove(from, place);
        end();
      },
      'data-drop': from === null || over !== place || from === place ? undefined : from < place ? 'after' : 'before',
    },
  });
}
