import { useEffect, useRef, useState } from 'react'
import type { ExportQuery } from '../../../contract/query/export-query.ts'
import { type ExportOutcome, type ExportProgress, fetchExport } from '../../api/export-stream.ts'
import { saveFile } from './save-file.ts'

export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: ExportProgress | undefined }
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome }
  /** It never began. */
  | { readonly kind: 'refused'; readonly why: string }

/** One export at a time; a whole file is saved by itself, a part of one only on wish. */
export function useExport(tenant: string) {
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const running = useRef<AbortController>(undefined)
  // Synchronises the request with the dialog: once it is gone, nobody waits for the file.
  useEffect(() => () => running.current?.abort(), [])

  const start = async (query: ExportQuery) => {
    const controller = new AbortController()
    running.current = controller
    setState({ kind: 'running', progress: undefined })
    try {
      const outcome = await fetchExport(tenant, query, controller.signal, (progress) =>
        setState({ kind: 'running', progress }),
      )
      if (outcome.kind === 'whole') saveFile(outcome.name, outcome.file)
      setState({ kind: 'ended', outcome })
    } catch (error) {
      if (controller.signal.aborted) setState({ kind: 'idle' })
      else setState({ kind: 'refused', why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { state, start, cancel: () => running.current?.abort() }
}
