/**
 * An amount as people type it: `14,200`, `14.200`, `14.200,5`, `14 200`, `10,5`. The last sign with one or two digits behind it is the
 * decimal one, others part thousands. Null for nothing, NaN for what is none.
 */
export function readNumber(typed: string): number | null {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '');
  if (text === '') return null;
  const [, whole = '', decimals = '0'] = /^(-?\d+|-?\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return whole === '' ? Number.NaN : Number(`${whole.replace(/[.,]/g, '')}.${decimals}`);
}
