/** `hindsight demo`: fills or refreshes the demo tenant. */
import { demoAccount } from '../demo/demo-account.ts'
import { fillDemo } from '../demo/fill-demo.ts'
import { openMedia } from '../media/open-media.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import { openStore } from '../store/open-store.ts'
import { type Command, UsageError } from './command.ts'

export const demoCommand: Command = async (args, { config, stdout, stderr }) => {
  if (args.length > 0) throw new UsageError(`demo takes no words; given was ${args.join(' ')}`)
  const store = await openStore(config)
  const media = await openMedia(config)
  try {
    const counts = await fillDemo(store, media, Date.now())
    await removeLeftFiles(store.writer, media, (error) => {
      stderr.write(`A replaced recording is still there: ${error}\n`)
    })
    const { tenant, email, password } = demoAccount
    stdout.write(`${tenant}: ${counts.added} new, ${counts.changed} changed, ${counts.unchanged} unchanged\n`)
    stdout.write(`Sign in to ${tenant} as ${email} with ${password}\n`)
    return 0
  } finally {
    await media.close()
    await store.close()
  }
}
