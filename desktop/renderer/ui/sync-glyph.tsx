export type SyncGlyphState = 'saved' | 'waiting' | 'offline' | 'refused';

/** Two jacks and a cord: joined, on its way (dashed), unplugged, or crossed out. */
export function SyncGlyph({ state }: { state: SyncGlyphState }) {
  return (
    <svg
      className="sync-glyph"
      viewBox="0 0 22 12"
      width="22"
      height="12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <circle cx="4" cy="6" r="2.6" fill="currentColor" />
      {state === 'saved' && (
        <>
          <path d="M6 6h10" />
          <circle cx="18" cy="6" r="2.6" fill="currentColor" />
        </>
      )}
      {state === 'waiting' && (
        <>
          <path d="M7.5 6H15" strokeDasharray="2 1.6" />
          <circle cx="18" cy="6" r="2.6" />
        </>
      )}
      {state === 'offline' && (
        <>
          <path d="M6.5 6c2 0 2.2 3.4 4 3.4" />
          <circle cx="18" cy="6" r="2.6" />
        </>
      )}
      {state === 'refused' && (
        <>
          <path d="M6 6h6" />
          <path d="m15.5 3.5 5 5m0-5-5 5" />
        </>
      )}
    </svg>
  );
}
