import { expect, it } from 'vitest'
import { createAccessTokens, tokenSeconds } from './access-tokens.ts'

it.each([0, 1, 999])('is good for as long as it says, issued %i ms after a second', async (after) => {
  const issuedMs = 1_800_000_000_000 + after
  let nowMs = issuedMs
  const tokens = createAccessTokens(
    'a secret for tests, longer than 32 characters',
    { has: () => false },
    () => nowMs,
  )
  const token = await tokens.issue({ tenant: 'T', subject: 'ana@x.example', role: 'admin' })
  nowMs = issuedMs + tokenSeconds * 1000 - 1
  expect(await tokens.verify(token)).toMatchObject({ issuedMs })
  nowMs = issuedMs + tokenSeconds * 1000 + 1000
  expect(await tokens.verify(token)).toBeUndefined()
})
