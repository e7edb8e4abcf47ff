import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { type EngagementList, engagementOptions } from '../api/queries.ts'

export interface OpenEngagement {
  readonly id: string | undefined
  readonly engagement: EngagementV1 | undefined
  /** Set when it is not on this page of results: it is fetched by itself and pinned above the list. */
  readonly pinned: UseQueryResult<EngagementV1> | undefined
}

/** The engagement that the URL has open, wherever it is found. */
export function useOpenEngagement(
  tenant: string,
  id: string | undefined,
  list: UseQueryResult<EngagementList>,
): OpenEngagement {
  const listed = list.data?.engagements.find((engagement) => engagement.id === id)
  const elsewhere = id !== undefined && listed === undefined && !list.isPending && !list.isPlaceholderData
  const fetched = useQuery({ ...engagementOptions(tenant, id ?? ''), enabled: elsewhere })
  if (id === undefined) return { id, engagement: undefined, pinned: undefined }
  return { id, engagement: listed ?? fetched.data, pinned: elsewhere ? fetched : undefined }
}
