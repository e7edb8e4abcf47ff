import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, it } from 'vitest'
import { allRoutes as routes } from '../all-routes.ts'
import { engagementV1 } from '../model/engagement.ts'
import { recordingV1 } from '../model/recording.ts'
import { engagementUserV1 } from '../model/user.ts'
import { viewContent, viewV1 } from '../model/view.ts'
import { engagementParams } from '../query/engagement-query.ts'
import { openApiDocument, templateOf } from './document.ts'
import { operations } from './operations.ts'
import { schemas } from './schemas.ts'

const document = openApiDocument() as {
  paths: Record<
    string,
    Record<string, { operationId: string; parameters?: { name: string; required?: boolean }[] }>
  >
}

it('is found right by a linter that others use', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config,
  })
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`),
  ).toEqual([])
})

it('has every route, and every parameter of the list', () => {
  expect(Object.keys(document.paths)).toEqual(Object.values(routes).map(({ path }) => templateOf(path)))
  const list = document.paths['/v1/engagements/{tenant}']?.get
  expect(list?.parameters?.map(({ name }) => name)).toEqual([
    ...Object.keys(engagementParams),
    'If-None-Match',
  ])
  const ids = Object.values(operations).flatMap((all) => all.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})

it('says which parameter is needed', () => {
  const parameters = Object.values(document.paths).flatMap(({ get }) => get?.parameters ?? [])
  expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(['grant_type'])
})

it('names the fields of the models, in their order', () => {
  expect(Object.keys(schemas.EngagementV1.properties as object)).toEqual(Object.keys(engagementV1.shape))
  expect(Object.keys(schemas.EngagementUserV1.properties as object)).toEqual(
    Object.keys(engagementUserV1.shape),
  )
  expect(Object.keys(schemas.ViewV1.properties as object)).toEqual(Object.keys(viewV1.shape))
  expect(Object.keys(schemas.ViewContent.properties as object)).toEqual(Object.keys(viewContent.shape))
  expect(Object.keys(schemas.RecordingV1.properties as object)).toEqual(Object.keys(recordingV1.shape))
})
