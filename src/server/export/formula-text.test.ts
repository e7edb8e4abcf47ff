import { expect, it } from 'vitest'
import { withoutFormula } from './formula-text.ts'

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00a0=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '\ttext',
  '=cmd|"/c calc"!A1',
])('makes %j a text', (text) => {
  expect(withoutFormula(text)).toBe(`'${text}`)
})

it.each(['', 'a=b', '1-2', 'ana@x.example', "'=1", '{"a":"=1"}', '2026-11-22T14:16:40+01:00'])(
  'leaves %j as it is',
  (text) => {
    expect(withoutFormula(text)).toBe(text)
  },
)
