import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  connectMediaSession,
  type SystemCommands,
  type SystemControls,
  type SystemView,
} from './media-session.ts'

class FakeMetadata {
  readonly shown: MediaMetadataInit
  constructor(shown: MediaMetadataInit) {
    this.shown = shown
  }
}

/** What browsers do of it: an unknown action and a position outside the duration throw. */
function browserControls(unknown: readonly string[] = []) {
  const handlers = new Map<string, MediaSessionActionHandler>()
  const positions: (MediaPositionState | undefined)[] = []
  const controls: SystemControls = {
    metadata: null,
    playbackState: 'none',
    setActionHandler(action, handler) {
      if (unknown.includes(action)) throw new TypeError(`${action} is not a valid action`)
      if (handler) handlers.set(action, handler)
      else handlers.delete(action)
    },
    setPositionState(state) {
      const { duration = 0, position = 0, playbackRate = 1 } = state ?? {}
      if (Number.isNaN(duration) || position < 0 || position > duration || playbackRate === 0)
        throw new TypeError('not a position')
      positions.push(state)
    },
  }
  const press = (action: MediaSessionAction, details: object = {}) =>
    handlers.get(action)?.({ action, ...details })
  return { controls, handlers, positions, press }
}

function player(start: Partial<SystemView> = {}) {
  const listeners = new Set<() => void>()
  let view: SystemView = {
    title: 'zoe.w and ana.ruiz',
    artist: 'Cards',
    album: '22 Nov 2026',
    playing: false,
    positionSeconds: 10,
    durationSeconds: 432,
    speed: 1,
    ...start,
  }
  return {
    listeners,
    view: () => view,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    become(change: Partial<SystemView>) {
      view = { ...view, ...change }
      for (const listener of listeners) listener()
    },
  }
}

const commands = () => ({
  play: vi.fn<SystemCommands['play']>(),
  pause: vi.fn<SystemCommands['pause']>(),
  seekTo: vi.fn<SystemCommands['seekTo']>(),
  skip: vi.fn<SystemCommands['skip']>(),
  next: vi.fn<() => void>(),
  previous: vi.fn<() => void>(),
})

beforeEach(() => {
  vi.stubGlobal('MediaMetadata', FakeMetadata)
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('every button of the system reaches the player', () => {
  const { controls, press } = browserControls()
  const asked = commands()
  connectMediaSession(player(), asked, controls)
  press('play')
  press('pause')
  press('stop')
  press('seekbackward')
  press('seekforward', { seekOffset: 30 })
  press('seekto', { seekTime: 0 })
  press('nexttrack')
  press('previoustrack')
  expect(asked.play).toHaveBeenCalledOnce()
  expect(asked.pause).toHaveBeenCalledTimes(2)
  expect(asked.skip.mock.calls).toEqual([[-5], [30]])
  expect(asked.seekTo.mock.calls).toEqual([[0]])
  expect(asked.next).toHaveBeenCalledOnce()
  expect(asked.previous).toHaveBeenCalledOnce()
})

test('the system is told what is played, where and how fast', () => {
  const { controls, positions } = browserControls()
  const source = player()
  connectMediaSession(source, commands(), controls)
  const told = () => (controls.metadata as unknown as FakeMetadata).shown
  expect(told()).toEqual({ title: 'zoe.w and ana.ruiz', artist: 'Cards', album: '22 Nov 2026' })
  expect(controls.playbackState).toBe('paused')
  source.become({ playing: true, speed: 2 })
  expect(controls.playbackState).toBe('playing')
  expect(positions).toEqual([
    { duration: 432, position: 10, playbackRate: 1 },
    { duration: 432, position: 10, playbackRate: 2 },
  ])
  source.become({ title: 'another' })
  expect(told().title).toBe('another')
})

test('the position is told again when it jumps, not while it moves on as the system expects', () => {
  const { controls, positions } = browserControls()
  const source = player({ playing: true, speed: 2 })
  connectMediaSession(source, commands(), controls)
  for (let second = 1; second <= 30; second += 1) {
    vi.advanceTimersByTime(1000)
    source.become({ positionSeconds: 10 + second * 2 })
  }
  expect(positions).toHaveLength(1)
  source.become({ positionSeconds: 200 })
  expect(positions.at(-1)).toEqual({ duration: 432, position: 200, playbackRate: 2 })
  source.become({ playing: false })
  vi.advanceTimersByTime(60_000)
  source.become({ positionSeconds: 200.5 })
  expect(positions).toHaveLength(3)
})

test('a position past the end or a length that is not known is no error', () => {
  const { controls, positions } = browserControls()
  const source = player({ positionSeconds: 433 })
  connectMediaSession(source, commands(), controls)
  source.become({ durationSeconds: undefined })
  source.become({ durationSeconds: Number.NaN })
  expect(positions).toEqual([{ duration: 432, position: 432, playbackRate: 1 }, undefined, undefined])
})

test('where there is no neighbour the system offers no way to one', () => {
  const { controls, handlers } = browserControls()
  const { next: _next, previous: _previous, ...alone } = commands()
  connectMediaSession(player(), alone, controls)
  expect([...handlers.keys()]).toEqual(['play', 'pause', 'stop', 'seekbackward', 'seekforward', 'seekto'])
})

test('when it ends everything is taken back', () => {
  const { controls, handlers, positions } = browserControls()
  const source = player({ playing: true })
  const end = connectMediaSession(source, commands(), controls)
  expect(handlers.size).toBe(8)
  end()
  expect([handlers.size, source.listeners.size]).toEqual([0, 0])
  expect([controls.metadata, controls.playbackState, positions.at(-1)]).toEqual([null, 'none', undefined])
})

test('a browser that has less of it plays all the same', () => {
  const { controls, press } = browserControls(['seekto', 'stop'])
  const { setPositionState: _, ...older } = controls
  const asked = commands()
  vi.stubGlobal('MediaMetadata', undefined)
  const end = connectMediaSession(player(), asked, older)
  press('play')
  press('seekto', { seekTime: 3 })
  expect([asked.play.mock.calls.length, asked.seekTo.mock.calls.length]).toEqual([1, 0])
  end()
  connectMediaSession(player(), asked, undefined)()
})
