/** The mark: a cord between a lit jack and an open one. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="shrink-0">
      <path
        d="M18 5.5H9.6a3.25 3.25 0 0 0 0 6.5h4.8a3.25 3.25 0 0 1 0 6.5H6"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="19" cy="5.5" r="3.4" fill="var(--lamp)" />
      <circle cx="5" cy="18.5" r="2.5" fill="var(--surface-chrome)" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  );
}
