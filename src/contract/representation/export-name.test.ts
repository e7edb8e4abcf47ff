import { expect, it } from 'vitest'
import { exportQuery } from '../query/export-query.ts'
import { exportName } from './export-name.ts'

const { defaults } = exportQuery
const at = (text: string) => Date.parse(text)
const asOf = at('2026-11-24T22:10:05.123Z')

it('holds tenant, range and moment in the zone shown', () => {
  const query = {
    ...defaults,
    startAfter: at('2026-11-15T23:00:00Z'),
    startBefore: at('2026-11-22T22:59:59.999Z'),
    asOf,
    tz: 'Europe/Berlin',
  }
  expect(exportName('PremierTenant', query)).toBe(
    'PremierTenant_started-2026-11-16-to-2026-11-22_as-of-2026-11-24T231005.123+0100.csv',
  )
  expect(exportName('PremierTenant', { ...query, format: 'xlsx' }, 'partial')).toMatch(
    /^PremierTenant_.*-partial\.xlsx$/,
  )
})

it('tells open ranges and times of day', () => {
  expect(exportName('T', { ...defaults, format: 'json', asOf })).toBe(
    'T_any-time_as-of-2026-11-24T221005.123+0000.json',
  )
  expect(exportName('T', { ...defaults, endBefore: at('2026-11-22T12:00:00Z') })).toBe(
    'T_any-time_ended-until-2026-11-22T120000+0000.csv',
  )
  expect(exportName('T', { ...defaults, startAfter: at('2026-11-22T00:00:00Z') })).toBe(
    'T_started-since-2026-11-22.csv',
  )
})

it('fits into any file system', () => {
  const bound = at('2026-11-22T12:34:56.789Z')
  const bounds = { startAfter: bound, startBefore: bound, endAfter: bound, endBefore: bound, asOf: bound }
  const name = exportName(
    '𐐷'.repeat(128),
    { ...defaults, ...bounds, format: 'ndjson', tz: 'Asia/Kathmandu' },
    'partial',
  )
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  expect(name).not.toMatch(/[<>:"/\\|?*]/)
})
