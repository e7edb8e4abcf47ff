/** A text that is kept for this device, or for this tab alone, and followed by whatever shows it. */

export interface Kept {
  /** `subscribe` and `read` are what useSyncExternalStore takes; what other tabs write is followed too. */
  subscribe(listener: () => void): () => void
  read(): string | undefined
  write(text: string | undefined): void
}

/** @param place where the browser keeps it; it may refuse, and then it is forgotten with the page */
export function createKept(key: string, place: 'localStorage' | 'sessionStorage' = 'localStorage'): Kept {
  const listeners = new Set<() => void>()
  let refused: string | undefined
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener('storage', tell)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) window.removeEventListener('storage', tell)
      }
    },
    read() {
      try {
        return window[place].getItem(key) ?? refused
      } catch {
        return refused
      }
    },
    write(text) {
      refused = undefined
      try {
        if (text === undefined) window[place].removeItem(key)
        else window[place].setItem(key, text)
      } catch {
        refused = text
      }
      tell()
    },
  }
}

/** What was kept as JSON; anybody may have written it, so it is nothing yet but unknown. */
export function parseKept(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
