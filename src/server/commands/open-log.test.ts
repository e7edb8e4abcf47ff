import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
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

it.each(['openLog', 'openSharedLog'])(
  'keeps no process from its end where nobody reads it (%s)',
  async (open) => {
    const program = `import { ${open} as open } from '${module}'
    const { logger, flush } = open('info')
    process.stdin.resume().once('end', () => {
      logger.info('the last line')
      flush()
    })`
    // Killed after a while: it has not ended by itself then.
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { timeout: 5000 })
    child.stderr.destroy()
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  },
)
