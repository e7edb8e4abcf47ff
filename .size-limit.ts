/** What a signed-in supervisor downloads before the first rows, read from Vite's own manifest. */
import { readFileSync } from 'node:fs'

type Chunk = {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))

function reachable(name: string, seen: Set<string>): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const next of manifest[name]?.imports ?? []) reachable(next, seen)
  return seen
}

const chunks = ['index.html', 'src/client/engagements/EngagementsRoute.tsx'].reduce(
  (seen, name) => reachable(name, seen),
  new Set<string>(),
)
const files = [...chunks].flatMap((name) => {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`${name} is not in the manifest of the build`)
  return [chunk.file, ...(chunk.css ?? [])]
})

export default [
  {
    name: 'JavaScript and CSS before the first rows',
    // As they are sent.
    path: [...new Set(files)].map((file) => `dist/${file}.br`),
    limit: '150 kB',
    brotli: false,
  },
]
