import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../contract/model/recording.ts'

/** A recording that does not tell what it holds holds what its engagement does. */
export function showsPicture(recording: RecordingV1, engagement: EngagementV1): boolean {
  return /VIDEO/.test(recording.contents ?? engagement.contents ?? '')
}
