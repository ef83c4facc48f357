/** A German state, as in ISO 3166-2:DE. */
export type State =
  | "BB"
  | "BE"
  | "BW"
  | "BY"
  | "HB"
  | "HE"
  | "HH"
  | "MV"
  | "NI"
  | "NW"
  | "RP"
  | "SH"
  | "SL"
  | "SN"
  | "ST"
  | "TH";

/** Where a number is at home, as far as its digits tell. A mobile phone may be elsewhere. */
export interface Place {
  /** Two letters (ISO 3166-1); undefined for numbers that belong to no single country. */
  readonly country: string | undefined;
  /** Every time zone that it may be in (IANA names). Empty if nothing is known. */
  readonly timeZones: readonly string[];
  /** Every German state that it may be in. Empty for numbers of other countries. */
  readonly states: readonly State[];
}
