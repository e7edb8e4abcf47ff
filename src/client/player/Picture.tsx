import { Maximize, Minimize } from 'lucide-react'
import { type Ref, useSyncExternalStore } from 'react'
import { Button } from '../ui/Button.tsx'
import styles from './Picture.module.css'

interface PictureProps {
  readonly media: Ref<HTMLVideoElement>
  /** Whose picture it is. */
  readonly name: string
}

/** The whole dock goes full screen, so that its controls come along. */
export function Picture({ media, name }: PictureProps) {
  const full = useSyncExternalStore(watchFullScreen, () => document.fullscreenElement !== null)
  const toggle = (button: HTMLElement) => {
    // Refused only where the page around forbids it; then the button does nothing, which is all it could do.
    if (full) document.exitFullscreen().catch(() => undefined)
    else
      button
        .closest('section')
        ?.requestFullscreen()
        .catch(() => undefined)
  }
  return (
    <div className={styles.picture}>
      {/* biome-ignore lint/a11y/useMediaCaption: recordings come without captions */}
      <video ref={media} className={styles.video} playsInline aria-label={`Picture of ${name}`} />
      {document.fullscreenEnabled && (
        <Button
          icon
          className={styles.full ?? ''}
          aria-label={full ? 'Leave full screen' : `Show the picture of ${name} in full screen`}
          onClick={(event) => toggle(event.currentTarget)}
        >
          {full ? <Minimize size={15} aria-hidden /> : <Maximize size={15} aria-hidden />}
        </Button>
      )}
    </div>
  )
}

function watchFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}
