/**
 * A saved view: a query with a name, kept for the whole tenant. Ours. Every parameter is stated, those at their default as
 * well, so that a later default changes no view that was saved before.
 */
import * as z from 'zod/mini'

/** The one form of views that is written here; others are refused in words. */
export const viewFormat = 1

export const mostViews = 200
export const longestViewName = 80

/** One parameter with every text given under its name; an empty list says that there is none. */
const statedParameter = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(64)),
  values: z.array(z.string().check(z.maxLength(1024))).check(z.maxLength(100)),
})

export type StatedParameter = z.infer<typeof statedParameter>

/** The name is kept as it is written, without white space at its ends. */
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(longestViewName))

const content = {
  name,
  format: z.number().check(z.int(), z.positive()),
  parameters: z.array(statedParameter).check(z.maxLength(100)),
}

/** The body of `PUT /v1/views/{tenant}/{viewId}`, and what a device keeps of a view. */
export const viewContent = z.strictObject(content)

export type ViewContent = z.infer<typeof viewContent>

export const viewV1 = z.object({
  id: z.string(),
  ...content,
  /** Email of the user, or client id of the program, that saved it first; when, ISO 8601 in UTC. */
  createdBy: z.string(),
  created: z.string(),
  changedBy: z.string(),
  changed: z.string(),
  /** Another one after every change: in double quotes, what `If-Match` takes. */
  revision: z.string(),
})

export type ViewV1 = z.infer<typeof viewV1>

/** The answer of `GET /v1/views/{tenant}`: by name. */
export const viewListV1 = z.object({ views: z.array(viewV1) })

export type ViewListV1 = z.infer<typeof viewListV1>

/** What may stand for a view in an address; whoever saves it chooses. */
export function isViewId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}
