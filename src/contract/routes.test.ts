import { expect, it } from 'vitest'
import { pathOf, routes } from './routes.ts'

it('fills a path with encoded values, so that no value can change the path', () => {
  expect(pathOf(routes.engagement, { tenant: 'a/b', id: '../x?y#z' })).toBe(
    '/v1/engagements/a%2Fb/..%2Fx%3Fy%23z',
  )
})

it('keeps a query readable where it may', () => {
  const query: [string, string][] = [
    ['user', 'ana.ruiz@premier.example'],
    ['startAfter', '2018-01-15T10:25:11Z'],
    ['user', 'a+b&c@x.example'],
  ]
  expect(pathOf(routes.engagements, { tenant: 'T' }, query)).toBe(
    '/v1/engagements/T?user=ana.ruiz@premier.example&startAfter=2018-01-15T10:25:11Z&user=a%2Bb%26c@x.example',
  )
})
