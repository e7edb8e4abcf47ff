import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { type EngagementList, engagementOptions } from '../api/queries.ts'
import { useLacks } from '../source-parts.ts'

export interface OpenEngagement {
  readonly id: string | undefined
  readonly engagement: EngagementV1 | undefined
  /** Set when it is not on this page of results: it is fetched by itself, where that can be done, and pinned above the list. */
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
  const given = !useLacks().has('engagement')
  const fetched = useQuery({ ...engagementOptions(tenant, id ?? ''), enabled: given && elsewhere })
  const last = useRef<EngagementV1>(undefined)
  if (id === undefined) return { id, engagement: undefined, pinned: undefined }
  const found = listed ?? fetched.data
  if (found) last.current = found
  // While other rows are on their way it is nowhere for a moment, and what plays must not stop.
  const known = last.current?.id === id ? last.current : undefined
  return { id, engagement: found ?? known, pinned: elsewhere ? fetched : undefined }
}
