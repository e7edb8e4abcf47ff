import { Maximize, Minimize } from 'lucide-react'
import { useCallback, useSyncExternalStore } from 'react'
import { playerTexts } from '../texts/en/player.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Pictures.module.css'
import type { Transport } from './sync/transport.ts'

interface PictureLane {
  readonly lane: number
  readonly name: string
  readonly startSeconds: number | undefined
}

interface PicturesProps {
  readonly transport: Transport
  /** The lanes that have a picture, and whose it is. */
  readonly pictures: readonly PictureLane[]
}

/** Side by side. The whole dock goes full screen, so that its controls come along. */
export function Pictures({ transport, pictures }: PicturesProps) {
  const texts = playerTexts()
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
    <div className={styles.pictures}>
      {pictures.map((picture) => (
        <Picture key={picture.lane} transport={transport} {...picture} />
      ))}
      {document.fullscreenEnabled && (
        <Button
          icon
          className={styles.full ?? ''}
          aria-label={full ? texts.leaveFullScreen : texts.fullScreen}
          onClick={(event) => toggle(event.currentTarget)}
        >
          {full ? <Minimize size={15} aria-hidden /> : <Maximize size={15} aria-hidden />}
        </Button>
      )}
    </div>
  )
}

function Picture({ transport, lane, name, startSeconds }: PictureLane & { readonly transport: Transport }) {
  const attach = useCallback(
    (element: HTMLVideoElement | null) => (element ? transport.attach(lane, element) : undefined),
    [transport, lane],
  )
  return (
    <figure className={styles.picture}>
      {/* biome-ignore lint/a11y/useMediaCaption: recordings come without captions */}
      <video
        ref={attach}
        className={styles.video}
        playsInline
        aria-label={playerTexts().pictureOf(name)}
        data-lane-index={lane}
        data-start-seconds={startSeconds}
      />
      <figcaption className={styles.name} dir="auto">
        {name}
      </figcaption>
    </figure>
  )
}

function watchFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}
