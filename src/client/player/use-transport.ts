import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { heardStore } from './heard-store.ts'
import { keepListening } from './keep-listening.ts'
import { recallListening } from './listening-memory.ts'
import { recallSkipsSilence, recallSpeed, recallVolume } from './remembered.ts'
import { everybody } from './sync/mix.ts'
import { covers } from './sync/timeline.ts'
import { Transport } from './sync/transport.ts'
import type { Marks, TransportView } from './sync/transport-view.ts'

interface TransportWishes {
  readonly tenant: string
  readonly engagement: EngagementV1
  readonly sources: readonly (string | undefined)[]
  /** Where to go on the timeline; undefined goes nowhere but where the listener last was. */
  readonly startAtSeconds: number | undefined
  /** The lane that the page has chosen, counted from 0. */
  readonly chosen: number
  readonly marks: Marks
  /** Play was pressed on the page for it: sound follows a press, never the mere opening of a link. */
  readonly plays: boolean
  /** The press has been obeyed. */
  onPlays(): void
  /** Whether recordings may be asked for at the moment. */
  readonly access: 'open' | 'ended'
  /** A recording's address, asked for anew. */
  freshSource(lane: number): Promise<string | undefined>
  onEnded(): void
}

/** Of an engagement that was heard to its end, or nearly, the next listening begins anew. */
const nearEndSeconds = 3

/** For one engagement: another needs another component. */
export function useTransport(wishes: TransportWishes): readonly [Transport, TransportView] {
  const { tenant, engagement, sources, startAtSeconds, chosen, marks, plays, access } = wishes
  const id = engagement.id ?? ''
  // The transport outlives the render that made it.
  const asked = useRef(wishes)
  useEffect(() => {
    asked.current = wishes
  })
  const [last] = useState(() => recallListening(tenant, id))
  const [transport] = useState((): Transport => {
    const made: Transport = new Transport({
      engagement,
      sources,
      speed: last?.speed ?? recallSpeed(),
      mix: last?.mix ?? everybody,
      volume: recallVolume(),
      skipsSilence: recallSkipsSilence(),
      freshSource: (lane) => asked.current.freshSource(lane),
      heard: (from, to) => heardStore.rememberHeard(tenant, id, from, to, made.view().timeline.lengthSeconds),
      ended: () => asked.current.onEnded(),
    })
    return made
  })
  const view = useSyncExternalStore(transport.subscribe, transport.view)

  const open = useEffectEvent(() => {
    const { lengthSeconds, places } = transport.view().timeline
    const left =
      last && last.positionSeconds < lengthSeconds - nearEndSeconds ? last.positionSeconds : undefined
    // Whoever asks for the first recording asks for the whole call.
    const begin = chosen === 0 ? 0 : (places[chosen]?.startSeconds ?? 0)
    transport.open(startAtSeconds ?? left ?? begin)
    return keepListening(transport, tenant, id)
  })
  // Keeps the media elements on their recordings while the dock is there, and this device's memory on the listener.
  useEffect(() => {
    const forget = open()
    return () => {
      forget()
      transport.close()
    }
  }, [transport])

  // Follows the page's address to another moment of the same engagement.
  useEffect(() => {
    if (startAtSeconds !== undefined) transport.seekTo(startAtSeconds)
  }, [transport, startAtSeconds])

  const { a, b } = marks
  // Follows the page's address to another part of it.
  useEffect(() => {
    if (a !== undefined && b !== undefined) transport.setMarks({ a, b })
  }, [transport, a, b])

  const play = useEffectEvent(() => {
    // Whoever asks for one recording, and not for the whole call, wants to hear that one.
    const wanted = chosen > 0 ? transport.view().timeline.places[chosen] : undefined
    if (wanted && !covers(wanted, transport.positionSeconds)) transport.seekTo(wanted.startSeconds)
    transport.play()
    wishes.onPlays()
  })
  // A press on Play, here or on another row before the dock was there, starts the sound.
  useEffect(() => {
    if (plays) play()
  }, [plays])

  // Goes on after whoever listens has signed in again.
  useEffect(() => {
    if (access === 'open') transport.retryDenied()
  }, [transport, access])

  return [transport, view]
}
