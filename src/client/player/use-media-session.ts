import { useEffect, useEffectEvent } from 'react'
import { connectMediaSession, type SystemView } from './media-session.ts'
import type { Transport } from './sync/transport.ts'

interface Told {
  readonly title: string
  readonly artist: string
  readonly album: string
}

interface Ways {
  onNext: (() => void) | undefined
  onPrevious: (() => void) | undefined
}

/** Hardware keys and the lock screen. */
export function useMediaSession(transport: Transport, told: Told, { onNext, onPrevious }: Ways): void {
  const view = useEffectEvent((): SystemView => {
    const { playing, positionSeconds, speed, timeline } = transport.view()
    const durationSeconds = timeline.lengthSeconds === 0 ? undefined : timeline.lengthSeconds
    return { ...told, playing, positionSeconds, speed, durationSeconds }
  })
  const next = useEffectEvent(() => onNext?.())
  const previous = useEffectEvent(() => onPrevious?.())
  const [hasNext, hasPrevious] = [onNext !== undefined, onPrevious !== undefined]
  // Shows the player in the system's own controls, and hears what is pressed there.
  useEffect(
    () =>
      connectMediaSession(
        { subscribe: transport.subscribe, view: () => view() },
        {
          play: () => transport.play(),
          pause: () => transport.pause(),
          seekTo: (seconds) => transport.seekTo(seconds),
          skip: (seconds) => transport.skip(seconds),
          next: hasNext ? () => next() : undefined,
          previous: hasPrevious ? () => previous() : undefined,
        },
      ),
    [transport, hasNext, hasPrevious],
  )
}
