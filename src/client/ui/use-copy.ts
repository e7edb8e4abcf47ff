import { useRef, useState } from 'react'

/** How the last copying went; back to idle after a while. */
export type CopyState = 'idle' | 'copied' | 'failed'

const shownForMs = 2500

/** Puts text on the clipboard, and says for a moment whether that worked. */
export function useCopy(): readonly [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const copy = (text: string) => {
    void navigator.clipboard
      .writeText(text)
      .then(
        () => 'copied' as const,
        () => 'failed' as const,
      )
      .then((done) => {
        setState(done)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setState('idle'), shownForMs)
      })
  }
  return [state, copy]
}
