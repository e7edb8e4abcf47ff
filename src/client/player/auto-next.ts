/** Whether the next engagement plays by itself when one has ended: off unless somebody on this device asked for it. */
import { readDevice, writeDevice } from '../ui/keys.ts'

const autoNextKey = 'hindsight.auto-next'
const listeners = new Set<() => void>()

/** `subscribe` and `isOn` are what useSyncExternalStore takes; other tabs' hands on the switch are followed too. */
export const autoNext = {
  subscribe(listener: () => void): () => void {
    if (listeners.size === 0) window.addEventListener('storage', tell)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) window.removeEventListener('storage', tell)
    }
  },
  isOn: (): boolean => readDevice(autoNextKey) === 'on',
  switchTo(on: boolean): void {
    writeDevice(autoNextKey, on ? 'on' : undefined)
    tell()
  },
}

function tell(): void {
  for (const listener of listeners) listener()
}
