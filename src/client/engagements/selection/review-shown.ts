/** A review of all that is shown, page by page. */
import { mostRows } from '../../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../../contract/query/instant.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import type { EngagementList } from '../../api/queries.ts'
import { reviewTexts } from '../../texts/en/review.ts'
import { mostPages } from '../nearest-recorded.ts'
import { gatherRecorded, type ReviewQueue } from './review-queue.ts'

export interface ReviewOfShown {
  readonly page: PageQuery
  /** That of the rows shown, where it is known. */
  readonly moment: EpochMs | undefined
  listOf(page: PageQuery): Promise<EngagementList>
  review(queue: ReviewQueue): void
  /** @param why a sentence; undefined: there is one */
  noReview(why: string | undefined): void
}

/** Begins the review once the first of it are known. */
export async function reviewShown({ page, moment, listOf, review, noReview }: ReviewOfShown): Promise<void> {
  const texts = reviewTexts()
  // All pages of it are of one moment.
  let asOf = page.asOf ?? moment
  const pageAt = async (offset: number) => {
    const found = await listOf({ ...page, asOf, offset, limit: mostRows })
    asOf ??= found.asOf
    return found
  }
  try {
    const { engagements, more } = await gatherRecorded(pageAt)
    if (engagements.length > 0) review({ of: 'filter', engagements, more })
    const none = more ? texts.noneOfFirst(mostPages * mostRows) : texts.noneRecorded
    noReview(engagements.length > 0 ? undefined : none)
  } catch (error) {
    noReview(texts.notGathered(error instanceof Error ? error.message : ''))
  }
}
