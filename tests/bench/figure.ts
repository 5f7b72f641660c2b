/** One measured figure, beside what it was measured against in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same thing done the bare way; null where there is no such way. */
  readonly baseline: number | null;
  /** Value over baseline. */
  readonly ratio: number | null;
  /** What was to be reached, as a person would say it. */
  readonly goal: string;
  readonly met: boolean;
}
