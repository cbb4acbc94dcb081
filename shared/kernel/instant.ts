/** A moment: whole milliseconds since 1970-01-01T00:00Z. Every `…At` in the product is one of these. */
export type Instant = number;

/** The clock, passed as an argument wherever a rule needs it. */
export type Now = () => Instant;
