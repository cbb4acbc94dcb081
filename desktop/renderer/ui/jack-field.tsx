const COLUMNS = [74, 156, 238, 320, 402, 484, 566, 648];
const ROWS = [96, 184, 272, 360, 448, 536, 624, 712, 800];
const CORDS = [
  'M156 184C170.76 430 387.24 430 402 360',
  'M648 184C638.16 364 493.84 364 484 272',
  'M74 536C83.84 738 228.16 738 238 624',
  'M648 448C633.24 782 416.76 782 402 624',
];
const PLUGS = [
  [156, 184],
  [402, 360],
  [648, 184],
  [484, 272],
  [74, 536],
  [238, 624],
  [648, 448],
  [402, 624],
];

/** The board: one lamp lit, one line through. Decoration only. */
export function JackField() {
  return (
    <svg
      viewBox="0 0 720 900"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      fill="none"
      strokeLinecap="round"
    >
      {COLUMNS.flatMap((x) =>
        ROWS.map((y) => (
          <g key={`${x} ${y}`} fill="var(--border-strong)">
            <circle cx={x} cy={y - 26} r="3.5" />
            <circle cx={x} cy={y} r="9" fill="var(--surface)" stroke="var(--border-strong)" strokeWidth="2" />
            <circle cx={x} cy={y} r="3.5" />
          </g>
        )),
      )}
      <circle cx="320" cy="246" r="10" fill="var(--lamp-glow)" />
      <circle cx="320" cy="246" r="3.5" fill="var(--lamp)" />
      {CORDS.map((cord) => (
        <path key={cord} d={cord} stroke="var(--border-strong)" strokeWidth="3.5" />
      ))}
      {PLUGS.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="6.5" fill="var(--border-strong)" />
      ))}
      <path d="M320 272C334.76 672 551.24 672 566 536" stroke="var(--accent)" strokeWidth="4.5" />
      <circle cx="320" cy="272" r="6.5" fill="var(--accent)" />
      <circle cx="566" cy="536" r="6.5" fill="var(--accent)" />
    </svg>
  );
}
