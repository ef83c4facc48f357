/** A name, one number that it has, and where that is from. */
export interface ContactEntry {
  readonly name: string;
  /** The company, if it's told. */
  readonly organization: string | undefined;
  /** As it's written in its source. */
  readonly number: string;
  /** What kind of number it is, in the source's word, such as `work`. Undefined if it isn't told. */
  readonly kind: string | undefined;
  /** Where it's from, for people: `sipgate, shared` or `contacts.vcf`. */
  readonly origin: string;
}
