import { useEffect, useEffectEvent } from 'react'
import { isCommand } from '../ui/keys.ts'
import type { Direction } from './nearest-recorded.ts'

const directions: Readonly<Record<string, Direction>> = { n: 'next', p: 'previous' }

/** Shift+N and Shift+P: the next and the previous engagement in the player. */
export function useNeighbourKeys(go: (direction: Direction) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    const direction = event.shiftKey && Object.hasOwn(directions, key) ? directions[key] : undefined
    if (direction === undefined || event.repeat || !isCommand(event)) return
    event.preventDefault()
    go(direction)
  })
  // Listens to the document: the keys work wherever the focus is.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
