/** A row of a page that could not be read: it is told beside those that could, never left out in silence (ours). */
import * as z from 'zod/mini'

const fieldError = z.object({
  /** Such as `recordings[0].created`. */
  field: z.string(),
  /** What stood there, as JSON, shortened. */
  value: z.string(),
  /** What was expected. */
  message: z.string(),
})

const unreadRow = z.object({
  /** Its place in the page as it came, from 0. */
  row: z.number(),
  errors: z.array(fieldError),
})

export const unreadRows = z.array(unreadRow)

export type FieldError = Readonly<z.infer<typeof fieldError>>

export interface UnreadRow {
  readonly row: number
  readonly errors: readonly FieldError[]
}
