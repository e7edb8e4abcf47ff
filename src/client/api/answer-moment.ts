/** The exact moment that an answer is of, where a moment was asked for: the server names it in the canonical link. */
import { type EngagementQuery, engagementQuery } from '../../contract/query/engagement-query.ts'

/** @param link the value of the header `Link` (RFC 8288), as our own server writes it */
export function answerMoment(link: string | null): EngagementQuery['asOf'] {
  const search = /<[^>?]*\?([^>]*)>; rel="canonical"/.exec(link ?? '')?.[1]
  return search === undefined ? undefined : engagementQuery.read(new URLSearchParams(search)).values.asOf
}
