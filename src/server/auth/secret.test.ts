import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deriveKey, sessionSecret } from './secret.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('is made once, for its owner alone, and kept', async () => {
  const dataDir = path.join(folder, 'data')
  const made = await sessionSecret(undefined, dataDir)
  expect(made.length).toBeGreaterThanOrEqual(43)
  expect((await stat(path.join(dataDir, 'session-secret'))).mode & 0o777).toBe(0o600)
  expect(await sessionSecret(undefined, dataDir)).toBe(made)
  expect(await readdir(dataDir)).toEqual(['session-secret'])
})

it('is one and the same for those who start at once', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => sessionSecret(undefined, folder)))
  expect(new Set(made).size).toBe(1)
})

it('is the configured one where there is one, and nothing is written then', async () => {
  expect(await sessionSecret('configured', folder)).toBe('configured')
  expect(await readdir(folder)).toEqual([])
})

it('is refused when what was kept is too short to be one', async () => {
  await writeFile(path.join(folder, 'session-secret'), 'short')
  await expect(sessionSecret(undefined, folder)).rejects.toThrow(/shorter than 32/)
  expect(await readFile(path.join(folder, 'session-secret'), 'utf8')).toBe('short')
})

it('gives unrelated keys for two purposes', () => {
  expect(deriveKey('secret', 'a')).not.toEqual(deriveKey('secret', 'b'))
  expect(deriveKey('secret', 'a')).toEqual(deriveKey('secret', 'a'))
})
