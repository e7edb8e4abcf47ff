import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ExportQuery } from '../../../contract/query/export-query.ts'
import { type ExportOutcome, type ExportProgress, fetchExport } from '../../api/export-stream.ts'
import { ApiError } from '../../api/fetch-json.ts'
import { sessionOptions } from '../../api/queries.ts'
import { noteSessionEnd } from '../../api/query-client.ts'
import { saveFile } from './save-file.ts'

export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: ExportProgress | undefined }
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome }
  /** The session had ended; it begins once somebody has signed in again. */
  | { readonly kind: 'waiting'; readonly query: ExportQuery }
  /** It never began. */
  | { readonly kind: 'refused'; readonly why: string }

/** One export at a time; a whole file is saved by itself, a part of one only on wish. */
export function useExport(tenant: string) {
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const client = useQueryClient()
  const signedIn = useQuery(sessionOptions).data?.user !== undefined
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
      else if (error instanceof ApiError && error.status === 401) {
        noteSessionEnd(client, error)
        setState({ kind: 'waiting', query })
      } else setState({ kind: 'refused', why: error instanceof Error ? error.message : String(error) })
    }
  }
  const goOn = useEffectEvent(() => {
    if (state.kind === 'waiting') void start(state.query)
  })
  // Follows the session: what waited for a sign-in goes on with it.
  useEffect(() => {
    if (signedIn) goOn()
  }, [signedIn])

  return { state, start, cancel: () => running.current?.abort() }
}
