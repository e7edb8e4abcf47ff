import { expect, test } from 'vitest'
import { keyCommand, seekBarCommand } from './key-command.ts'

const press = (key: string, shiftKey = false) => ({ key, shiftKey })

test('keys and what they ask for', () => {
  expect(keyCommand(press(' '))).toEqual({ kind: 'toggle' })
  expect(keyCommand(press('ArrowLeft'))).toEqual({ kind: 'skip', seconds: -5 })
  expect(keyCommand(press('ArrowRight', true))).toEqual({ kind: 'skip', seconds: 30 })
  expect(keyCommand(press('['))).toEqual({ kind: 'speed', step: -1 })
  expect(keyCommand(press(']'))).toEqual({ kind: 'speed', step: 1 })
  expect(keyCommand(press('1'))).toEqual({ kind: 'choose', index: 0 })
  expect(keyCommand(press('9', true))).toEqual({ kind: 'choose', index: 8 })
  expect(keyCommand(press('l'))).toEqual({ kind: 'copy' })
  expect(keyCommand(press('a'))).toEqual({ kind: 'mark', mark: 'a' })
  expect(keyCommand(press('b'))).toEqual({ kind: 'mark', mark: 'b' })
  expect(keyCommand(press('g'))).toEqual({ kind: 'goto' })
  expect(keyCommand(press('m'))).toEqual({ kind: 'mute' })
  expect(keyCommand(press('s'))).toEqual({ kind: 'solo' })
  expect(keyCommand(press('N', true))).toEqual({ kind: 'next' })
  expect(keyCommand(press('P', true))).toEqual({ kind: 'previous' })
})

test('Caps Lock changes no meaning', () => {
  expect(keyCommand(press('L'))).toEqual({ kind: 'copy' })
  expect(keyCommand(press('n', true))).toEqual({ kind: 'next' })
  expect(keyCommand(press('N'))).toBeUndefined()
})

test.each([
  press('0'),
  press('j'),
  press('n'),
  press('p'),
  press('F1'),
  press('L', true),
  press('A', true),
  press(' ', true),
  press('ArrowUp'),
  press('Escape'),
  press('constructor'),
])('%j is left to others', (key) => expect(keyCommand(key)).toBeUndefined())

test.each([
  ['ArrowRight', false, 5],
  ['ArrowUp', true, 30],
  ['ArrowDown', false, -5],
  ['PageUp', false, 30],
  ['PageDown', false, -30],
] as const)('%s (Shift: %s) moves the seek bar by %s', (key, shiftKey, seconds) => {
  expect(seekBarCommand(press(key, shiftKey))).toEqual({ kind: 'skip', seconds })
})

test('the seek bar leaves Home and End to the browser, and knows the player’s other keys', () => {
  expect(['Home', 'End', 'Tab'].map((key) => seekBarCommand(press(key)))).toEqual(Array(3).fill(undefined))
  expect(seekBarCommand(press(']'))).toEqual({ kind: 'speed', step: 1 })
})
