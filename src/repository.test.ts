/** The third lock: what neither the compiler nor the linter can hold. */
import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { engagementParams } from './contract/query/engagement-query.ts'
import { pageQuery } from './contract/query/page-query.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const scripts: Record<string, string> = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
).scripts

async function sources(pattern: string): Promise<{ readonly file: string; readonly text: string }[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: root }))
  return files
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
}

it('has every path that the README names', () => {
  const named = [...readme.matchAll(/`((?:src|e2e|bench|public)(?:\/[\w./-]+)?)`|\]\(([\w./-]+)\)/g)]
    .map(([, code, link]) => code ?? link ?? '')
    .filter((name) => !name.includes('*'))
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
})

it('has every script that the README names', () => {
  const named = [...readme.matchAll(/npm (?:run (?:-s )?)?([a-z][a-z0-9:-]*)/g)].map(([, name = '']) => name)
  const known = new Set([...Object.keys(scripts), 'ci', 'nothing'])
  expect(named).toEqual(expect.arrayContaining(['start', 'test', 'hindsight']))
  expect([...new Set(named)].filter((name) => !known.has(name) && name !== 'run')).toEqual([])
})

it('has a line in the README for every variable of the configuration, and for no other', () => {
  const config = readFileSync(path.join(root, 'src/server/config.ts'), 'utf8')
  const read = [...config.matchAll(/read\(\s*'([A-Z0-9_]+)'/g)].map(([, name]) => name)
  const documented = [...readme.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name)
  expect(read.length).toBeGreaterThan(5)
  expect(documented.toSorted()).toEqual(read.toSorted())
})

it('reads the environment in one file', async () => {
  const readers = (await sources('src/**/*.{ts,tsx}')).filter(({ text }) => text.includes('process.env'))
  expect(readers.map(({ file }) => file)).toEqual(['src/server/config.ts'])
})

it('exits in one file', async () => {
  const exits = (await sources('src/**/*.{ts,tsx}')).filter(({ text }) => /process\.exit/.test(text))
  expect(exits.map(({ file }) => file)).toEqual(['src/server/main.ts'])
})

it('names query keys in one file', async () => {
  const namers = (await sources('src/client/**/*.{ts,tsx}')).filter(({ text }) => text.includes('queryKey:'))
  expect(namers.map(({ file }) => file)).toEqual(['src/client/api/queries.ts'])
})

it('has a round trip and a refusal for every parameter, and the README names each', () => {
  const tests = readFileSync(path.join(root, 'src/contract/query/engagement-query.test.ts'), 'utf8')
  for (const name of Object.keys(engagementParams)) {
    expect(tests, `a refusal of ${name}`).toMatch(new RegExp(`\\['[^']*${name}[^']*', '${name}', `))
    expect(readme).toContain(`\`${name}\``)
  }
  for (const name of Object.keys(pageQuery.params))
    expect(tests, `a round trip of ${name}`).toMatch(new RegExp(`\\b${name}\\b`))
})

it('imports across rooms in one direction', async () => {
  const wrong = (await sources('src/**/*.{ts,tsx}')).filter(({ file, text }) => {
    const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) =>
      path.join(path.dirname(file), to),
    )
    const room = file.split(path.sep)[1]
    return imports.some((to) => {
      const target = to.split(path.sep)[1]
      return target !== room && target !== 'contract'
    })
  })
  expect(wrong.map(({ file }) => file)).toEqual([])
})

it('says nothing of the machine it was made on', async () => {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toMatch(/"resolved": "https?:/)
})
