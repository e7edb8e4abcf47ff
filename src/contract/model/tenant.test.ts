import { expect, it } from 'vitest'
import { isTenantKey } from './tenant.ts'

it.each(['PremierTenant', 'a', 'Größe_1.x-y', 'Count', 'counts'])('%s is a tenant’s key', (text) => {
  expect(isTenantKey(text)).toBe(true)
})

it.each([
  '',
  '.',
  '..',
  'a b',
  'a/b',
  'x'.repeat(257),
  'count',
  'export',
  'histogram',
  'sample',
  'v1',
  'session',
  'assets',
])('%j is none', (text) => {
  expect(isTenantKey(text)).toBe(false)
})
