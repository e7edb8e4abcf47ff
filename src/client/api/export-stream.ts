/** An export as it comes: how far it is, and whether what came is the whole of it. */
import { exportRoute } from '../../contract/export-route.ts'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { type ExportQuery, exportQuery } from '../../contract/query/export-query.ts'
import { createFrameReader } from '../../contract/representation/export-frames.ts'
import { exportName } from '../../contract/representation/export-name.ts'
import { exportTypes } from '../../contract/representation/export-types.ts'
import { pathOf } from '../../contract/routes.ts'
import { apiTexts } from '../texts/en/api.ts'
import { exportStreamTexts } from '../texts/en/export-stream.ts'
import { answerMoment } from './answer-moment.ts'
import { ApiError, refusalOf } from './fetch-json.ts'

/** Rows written of the rows that matched when it was begun. */
export interface ExportProgress {
  readonly rows: number
  readonly of: number
}

/** `name` is that of a whole file or of a part of one, as the kind says. */
export interface ExportOutcome extends ExportProgress {
  readonly kind: 'whole' | 'cancelled' | 'broken'
  /** Why it broke off, in words. */
  readonly why?: string
  readonly name: string
  readonly file: Blob
}

/** Chunks are made into blobs of this size: a browser keeps blobs on disk where memory is short, and chunks never. */
const pieceBytes = 4 * 1024 * 1024

/** @throws ApiError when it never began, or the abort's own error when it was cancelled before */
export async function fetchExport(
  tenant: string,
  query: ExportQuery,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportOutcome> {
  const asked = { ...query, framed: 'yes' } as const
  const response = await fetch(pathOf(exportRoute, { tenant }, exportQuery.write(asked)), { signal }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error
      throw new ApiError(0, apiTexts().unreachable)
    },
  )
  if (!response.ok || response.body === null) throw await refusalOf(response)
  const asOf: EngagementQuery['asOf'] = answerMoment(response.headers.get('link')) ?? query.asOf
  const of = Number(response.headers.get('hindsight-rows'))
  const pieces: Blob[] = []
  let rows = 0
  const outcome = (kind: ExportOutcome['kind'], why?: string): ExportOutcome => ({
    ...{ kind, rows, of, ...(why !== undefined && { why }) },
    name: exportName(tenant, { ...query, asOf }, kind === 'whole' ? 'whole' : 'partial'),
    file: new Blob(pieces, { type: exportTypes[query.format] }),
  })

  const read = createFrameReader()
  const reader = response.body.getReader()
  let chunks: BlobPart[] = []
  let bytes = 0
  const gather = () => {
    pieces.push(new Blob(chunks))
    chunks = []
    bytes = 0
  }
  onProgress({ rows, of })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      for (const frame of read(value)) {
        rows = frame.rows
        if (frame.kind === 'part') {
          chunks.push(frame.bytes as Uint8Array<ArrayBuffer>)
          bytes += frame.bytes.length
          if (bytes >= pieceBytes) gather()
          continue
        }
        gather()
        return frame.kind === 'end'
          ? outcome('whole')
          : outcome('broken', new TextDecoder().decode(frame.bytes))
      }
      onProgress({ rows, of })
    }
  } catch {
    gather()
    return signal.aborted ? outcome('cancelled') : outcome('broken', exportStreamTexts().brokeOff)
  }
  gather()
  return outcome('broken', exportStreamTexts().endedEarly)
}
