/** Where a recording lies in its engagement's time. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../../contract/model/recording.ts'

export interface Place {
  /** Shares of the engagement's length, 0 to 1. */
  readonly from: number
  readonly to: number
  readonly startSeconds: number
}

/** @returns undefined when the recording or the engagement does not say when it was */
export function placeOf(engagement: EngagementV1, { created, duration }: RecordingV1): Place | undefined {
  if (engagement.startDate === undefined || created === undefined || duration === undefined) return undefined
  const startSeconds = (Date.parse(created) - Date.parse(engagement.startDate)) / 1000
  const length = Math.max(
    engagement.duration ?? 0,
    ...(engagement.recordings ?? []).map((other) => lastSecond(engagement, other)),
  )
  if (length <= 0 || startSeconds < 0) return undefined
  return { from: startSeconds / length, to: Math.min(1, (startSeconds + duration) / length), startSeconds }
}

function lastSecond({ startDate }: EngagementV1, { created, duration = 0 }: RecordingV1): number {
  if (created === undefined || startDate === undefined) return 0
  return (Date.parse(created) - Date.parse(startDate)) / 1000 + duration
}
