/** A contact as a file has it. Texts are as they're written there, and may be empty. */
export interface FoundContact {
  /** Where it begins, from 1. */
  readonly line: number;
  /** One of these is called: the first. */
  readonly numbers: readonly string[];
  readonly name: string;
  readonly company: string;
  readonly notes: string;
  readonly state: string;
  readonly timeZone: string;
  readonly priority: string;
  readonly callBackAt: string;
  readonly consentAt: string;
  readonly consentHow: string;
  readonly consentPurpose: string;
  readonly consentWords: string;
  /** Whatever else there is, by column. */
  readonly extra: Readonly<Record<string, string>>;
  /** Whether there are more cells than columns: the line was split wrongly. */
  readonly hasTooManyCells: boolean;
}
