import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

it('knows its own password and no other', async () => {
  const hash = await hashPassword('grün und blau')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await verifyPassword('grün und blau', hash)).toBe(true)
  expect(await verifyPassword('grün und blau'.normalize('NFD'), hash)).toBe(true)
  expect(await verifyPassword('grun und blau', hash)).toBe(false)
  expect(await verifyPassword('', hash)).toBe(false)
})

it('salts: the same password twice has two hashes', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

it('knows nobody', async () => {
  expect(await verifyPassword('anything', undefined)).toBe(false)
})
