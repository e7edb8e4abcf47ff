import { expect, it } from 'vitest'
import type { LeftFile } from '../store/engagement-writer.ts'
import { createLeftFileRemoval } from './remove-left-files.ts'

const fileOf = (id: string): LeftFile => ({ tenant: 'T', id, sha256: '' })

it('forgets nothing that is left while others are removed slowly', async () => {
  const left = new Set([fileOf('first')])
  const slow = Promise.withResolvers<void>()
  let begun = 0
  let busy = false
  const removal = createLeftFileRemoval(
    {
      leftFiles: async () => [...left],
      async clearLeftFile(file) {
        begun++
        // As where the lock on files is waited for in vain.
        if (busy) return 'later'
        busy = true
        await slow.promise
        left.delete(file)
        busy = false
        return 'cleared'
      },
    },
    { remove: async () => {} },
    () => {},
  )
  const first = removal.run()
  await expect.poll(() => begun).toBe(1)
  left.add(fileOf('second'))
  left.add(fileOf('third'))
  const others = [removal.run(), removal.run()]
  slow.resolve()
  await Promise.all([first, ...others])
  removal.end()
  expect([...left]).toEqual([])
  // Whoever came while one was waiting for its turn was served by that one.
  expect(begun).toBe(3)
})
