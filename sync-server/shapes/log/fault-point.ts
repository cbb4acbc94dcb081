/**
 * The moments at which a crash is rehearsed, each between two things that must not be torn apart. Tests hand in a function that ends
 * the process at one of them; the product hands in none.
 */
export const FAULT_POINTS = [
  'before append',
  'after append',
  'before commit line',
  'after commit line',
  'before flush',
  'after flush',
  'before state',
  'after state',
  'before catalog line',
  'after catalog line',
  'before chunk',
  'after chunk',
  'before acknowledge',
  'after acknowledge',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

export type Fault = (point: FaultPoint) => void;

export const noFault: Fault = () => {};
