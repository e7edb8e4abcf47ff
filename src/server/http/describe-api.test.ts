import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApiDocument } from '../../contract/openapi/document.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('serves its description to anyone', async () => {
  const response = await fetch(`${server.origin}/v1/openapi.json`)
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
})

it('serves it to be read, with nothing that our own policy forbids', async () => {
  const response = await fetch(`${server.origin}/docs`)
  const page = await response.text()
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toContain("style-src 'self'")
  expect(page).not.toMatch(/<script|<style|style=|https?:\/\//)
  expect(page).toContain('/v1/engagements/{tenant}')
  const [, style = ''] = /href="([^"]+\.css)"/.exec(page) ?? []
  expect((await fetch(server.origin + style)).headers.get('content-type')).toBe('text/css; charset=utf-8')
})
