import { expect, it } from 'vitest'
import { exportQuery } from '../../../contract/query/export-query.ts'
import { pageQuery } from '../../../contract/query/page-query.ts'
import { exportOfPage } from './export-of-page.ts'

const page = pageQuery.read([
  ['status', 'all'],
  ['user', 'a@x.example'],
  ['limit', '50'],
  ['offset', '100'],
  ['sort', 'longest'],
  ['open', 'x'],
]).values

it('asks for the applied query, not for the page', () => {
  const query = exportOfPage(page, 'Europe/Berlin', 'csv', ['id', 'status'])
  expect(exportQuery.write(query)).toEqual([
    ['status', 'all'],
    ['user', 'a@x.example'],
    ['sort', 'longest'],
    ['columns', 'id,status'],
    ['tz', 'Europe/Berlin'],
  ])
})

it('asks documents for neither columns nor zone', () => {
  const query = exportOfPage(page, 'Europe/Berlin', 'ndjson', ['id'])
  expect(exportQuery.read(exportQuery.write(query))).toEqual({ values: query, errors: [] })
  expect(exportQuery.write(query)).not.toContainEqual(['tz', 'Europe/Berlin'])
})

it('asks for all that a sample is drawn from, of the moment of the page', () => {
  const drawn = pageQuery.read([
    ['asOf', '2026-11-24T22:10:05.123Z'],
    ['sample', '10'],
    ['seed', '4711'],
    ['n', '14'],
    ['cols', 'started'],
  ])
  const query = exportOfPage(drawn.values, 'UTC', 'json', [])
  expect(exportQuery.write(query)).toEqual([
    ['asOf', '2026-11-24T22:10:05.123Z'],
    ['format', 'json'],
  ])
})
