/** Passwords at rest: argon2id, as PHC strings (https://github.com/P-H-C/phc-string-format). */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
const memoryKib = 19_456
const passes = 2
const lanes = 1
const tagBytes = 32
const saltBytes = 16

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes)
  const tag = await derive(
    'argon2id',
    parameters(password, nonce, { memory: memoryKib, passes, lanes, tagLength: tagBytes }),
  )
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${phcBase64(nonce)}$${phcBase64(tag)}`
}

/** Without a hash to compare with (nobody by that name) it is false, after the same work. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = hash === undefined ? undefined : parsePhc(hash)
  const { memory, passCount, parallelism, nonce, tag } = known ?? nobody
  const settings = { memory, passes: passCount, lanes: parallelism, tagLength: tag.length }
  const derived = await derive('argon2id', parameters(password, nonce, settings))
  return timingSafeEqual(derived, tag) && known !== undefined
}

interface Phc {
  readonly memory: number
  readonly passCount: number
  readonly parallelism: number
  readonly nonce: Buffer
  readonly tag: Buffer
}

const nobody: Phc = {
  memory: memoryKib,
  passCount: passes,
  parallelism: lanes,
  nonce: randomBytes(saltBytes),
  tag: randomBytes(tagBytes),
}

function parameters(
  password: string,
  nonce: Buffer,
  {
    memory,
    passes: passCount,
    lanes: parallelism,
    tagLength,
  }: { memory: number; passes: number; lanes: number; tagLength: number },
): Argon2Parameters {
  // The same password typed on two keyboards may arrive composed or decomposed.
  return { message: password.normalize('NFC'), nonce, parallelism, tagLength, memory, passes: passCount }
}

function parsePhc(hash: string): Phc {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (!match) throw new Error('A stored password hash is not in the form this version writes')
  const [, memory, passCount, parallelism, nonce = '', tag = ''] = match
  return {
    memory: Number(memory),
    passCount: Number(passCount),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function phcBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
