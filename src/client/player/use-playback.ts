import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Opening, Playback, type PlaybackView } from './playback.ts'

/** @param opening what to play; undefined when there is nothing that can be */
export function usePlayback(opening: Opening | undefined): readonly [Playback, PlaybackView] {
  const [playback] = useState(() => new Playback())
  const view = useSyncExternalStore(playback.subscribe, playback.view)

  // Keeps the media element on the recording, and at the moment, that the page asks for.
  useEffect(() => {
    if (opening === undefined) playback.close()
    else playback.open(opening)
  }, [playback, opening])

  return [playback, view]
}
