import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { recallSpeed, recallVolume } from './remembered.ts'
import { everybody } from './sync/mix.ts'
import { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'

interface TransportWishes {
  readonly engagement: EngagementV1
  readonly sources: readonly (string | undefined)[]
  /** Where to go on the timeline; undefined goes nowhere but where the listener last was. */
  readonly startAtSeconds: number | undefined
  /** How often Play was pressed on the page: sound follows a press, never the mere opening of a link. */
  readonly plays: number
  /** A recording's address, asked for anew. */
  freshSource(lane: number): Promise<string | undefined>
}

/** For one engagement: another needs another component. */
export function useTransport({
  engagement,
  sources,
  startAtSeconds,
  plays,
  freshSource,
}: TransportWishes): readonly [Transport, TransportView] {
  // The transport outlives the render that made it.
  const asked = useRef(freshSource)
  useEffect(() => {
    asked.current = freshSource
  })
  const [transport] = useState(
    () =>
      new Transport({
        engagement,
        sources,
        speed: recallSpeed(),
        mix: everybody,
        volume: recallVolume(),
        skipsSilence: false,
        freshSource: (lane) => asked.current(lane),
        heard: () => undefined,
        ended: () => undefined,
      }),
  )
  const view = useSyncExternalStore(transport.subscribe, transport.view)

  const open = useEffectEvent(() => transport.open(startAtSeconds ?? 0))
  // Keeps the media elements on their recordings while the dock is there.
  useEffect(() => {
    open()
    return () => transport.close()
  }, [transport])

  // Follows the page's address to another moment of the same engagement.
  useEffect(() => {
    if (startAtSeconds !== undefined) transport.seekTo(startAtSeconds)
  }, [transport, startAtSeconds])

  // A press on Play, here or on another row before the dock was there, starts the sound.
  useEffect(() => {
    if (plays > 0) transport.play()
  }, [transport, plays])

  return [transport, view]
}
