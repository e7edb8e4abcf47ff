import { expect, it } from 'vitest'
import { isolated } from './isolated.ts'

it.each(['٢٢ نوفمبر ٢٠٢٦', '١٠٠', '۱۲', 'שלום'])('sets %s apart', (text) => {
  expect(isolated(text)).toBe(`\u2068${text}\u2069`)
})

it.each(['22 Nov 2026', '22. Nov. 2026', '2026年11月22日', '१२', '', 'Ärger'])(
  'leaves %j as it is',
  (text) => {
    expect(isolated(text)).toBe(text)
  },
)
