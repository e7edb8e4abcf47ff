/** The player in the system's own controls: media keys, headsets, the lock screen. */

/** What of navigator.mediaSession is used; older browsers have only some of it. */
export type SystemControls = Pick<MediaSession, 'metadata' | 'playbackState' | 'setActionHandler'> &
  Partial<Pick<MediaSession, 'setPositionState'>>

/** What the system may ask of the player; without `next` or `previous` it offers no such button. */
export interface SystemCommands {
  play(): void
  pause(): void
  /** Seconds from the beginning. */
  seekTo(seconds: number): void
  skip(seconds: number): void
  next?: (() => void) | undefined
  previous?: (() => void) | undefined
}

export interface SystemView {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly playing: boolean
  readonly positionSeconds: number
  readonly durationSeconds: number | undefined
  readonly speed: number
}

/** A store such as useSyncExternalStore reads. */
export interface SystemSource {
  subscribe(listener: () => void): () => void
  view(): SystemView
}

const skipSeconds = 5
/** The system moves the position on by itself; only what differs by more is news to it. */
const driftSeconds = 1

/**
 * Shows the source in the system's controls and hands on what is pressed there.
 * @param controls undefined where the browser has none: then nothing is done
 * @returns takes everything back
 */
export function connectMediaSession(
  source: SystemSource,
  commands: SystemCommands,
  controls: SystemControls | undefined = navigator.mediaSession,
): () => void {
  if (controls === undefined) return () => undefined
  const handlers = handlersOf(commands)
  for (const [action, handler] of handlers) handle(controls, action, handler)

  let told: SystemView | undefined
  let toldAtMs = 0
  const tell = () => {
    const view = source.view()
    const nowMs = performance.now()
    if (view.title !== told?.title || view.artist !== told.artist || view.album !== told.album)
      showTitle(controls, view)
    controls.playbackState = view.playing ? 'playing' : 'paused'
    if (told !== undefined && isExpected(view, told, (nowMs - toldAtMs) / 1000)) return
    showPosition(controls, view)
    told = view
    toldAtMs = nowMs
  }
  tell()
  const stop = source.subscribe(tell)

  return () => {
    stop()
    for (const [action] of handlers) handle(controls, action, null)
    controls.metadata = null
    controls.playbackState = 'none'
    controls.setPositionState?.()
  }
}

function handlersOf(commands: SystemCommands) {
  const handlers: [MediaSessionAction, MediaSessionActionHandler | null][] = [
    ['play', () => commands.play()],
    ['pause', () => commands.pause()],
    ['stop', () => commands.pause()],
    ['seekbackward', ({ seekOffset }) => commands.skip(-(seekOffset ?? skipSeconds))],
    ['seekforward', ({ seekOffset }) => commands.skip(seekOffset ?? skipSeconds)],
    ['seekto', ({ seekTime }) => seekTime != null && commands.seekTo(seekTime)],
    ['previoustrack', commands.previous ? () => commands.previous?.() : null],
    ['nexttrack', commands.next ? () => commands.next?.() : null],
  ]
  return handlers
}

/** Whether the system, moving on by itself from what it was told, shows the same. */
function isExpected(view: SystemView, told: SystemView, passedSeconds: number): boolean {
  const expected = told.positionSeconds + (told.playing ? passedSeconds * told.speed : 0)
  return (
    view.title === told.title &&
    view.artist === told.artist &&
    view.album === told.album &&
    view.playing === told.playing &&
    view.speed === told.speed &&
    view.durationSeconds === told.durationSeconds &&
    Math.abs(view.positionSeconds - expected) <= driftSeconds
  )
}

function showTitle(controls: SystemControls, { title, artist, album }: SystemView): void {
  if (typeof MediaMetadata !== 'undefined') controls.metadata = new MediaMetadata({ title, artist, album })
}

function showPosition(
  controls: SystemControls,
  { positionSeconds, durationSeconds, speed }: SystemView,
): void {
  if (durationSeconds === undefined || !Number.isFinite(durationSeconds)) {
    controls.setPositionState?.()
    return
  }
  // A position outside the duration is refused with an error.
  const position = Math.max(0, Math.min(positionSeconds, durationSeconds))
  controls.setPositionState?.({ duration: durationSeconds, position, playbackRate: speed })
}

function handle(
  controls: SystemControls,
  action: MediaSessionAction,
  handler: MediaSessionActionHandler | null,
): void {
  try {
    controls.setActionHandler(action, handler)
  } catch {
    // A browser that does not know an action throws; the others work all the same.
  }
}
