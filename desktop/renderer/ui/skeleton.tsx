import { useEffect, useState } from 'react';

const SHOW_AFTER_MS = 150;

/** Grey lines in place of rows, only when waiting takes longer than 150 ms. They never shimmer. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div
          key={index}
          className="flex h-(--row) items-center gap-4 border-b border-line-hairline px-4"
          style={{ opacity: 1 - index / (rows + 2) }}
        >
          <span className="sk" style={{ width: `${30 + ((index * 17) % 25)}%` }} />
          <span className="sk ms-auto w-[14%]" />
          <span className="sk w-[6%]" />
        </div>
      ))}
    </div>
  );
}
