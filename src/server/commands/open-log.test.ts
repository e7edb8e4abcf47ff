import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'

const module = new URL('open-log.ts', import.meta.url).href

it.each(['openLog', 'openSharedLog'])('keeps the lines from before a crash (%s)', async (open) => {
  const program = `import { ${open} as open } from '${module}'
    open('info').logger.error('what led to it')
    setImmediate(() => { throw new Error('the crash') })`
  const err = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--input-type=module', '--eval', program], (_, __, stderr) => resolve(stderr))
  })
  expect(err).toContain('the crash')
  expect(err).toContain('what led to it')
})
