/** The one secret, and the keys that are drawn from it. */
import { hkdfSync, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const shortest = 32

/**
 * The configured secret, or the one kept in the data folder, made there (mode 600) when absent. Two processes that start at
 * once end up with the same one.
 * @throws when the kept file is too short to be one of ours
 */
export async function sessionSecret(configured: string | undefined, dataDir: string): Promise<string> {
  if (configured !== undefined) return configured
  const file = path.join(dataDir, 'session-secret')
  const kept = await readKept(file)
  if (kept !== undefined) return kept
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
    await chmod(draft, 0o600)
    // link() fails where the name is taken: the first one to get here decides.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readKept(file)
  if (made === undefined) throw new Error(`The session secret at ${file} is gone again`)
  return made
}

async function readKept(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined && text.trim().length < shortest)
    throw new Error(
      `The session secret at ${file} is shorter than ${shortest} characters; remove the file to have a new one made`,
    )
  return text?.trim()
}

/** A 256-bit key for one purpose; keys of two purposes tell nothing of each other (RFC 5869). */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'hindsight', purpose, 32))
}
