/** Hebrew, Arabic and the scripts beside them, their digits too. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u

/**
 * The text apart from the direction of what stands around it (FSI and PDI of the Unicode bidirectional algorithm). Otherwise
 * two Arabic dates with a dash between them change places within an English line. Others are as they were.
 */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text
}
