/** A password comes from standard input, never from the command line, where others could read it. */
import { type CommandContext, UsageError } from './command.ts'

const shortestPassword = 8
const longestPassword = 1024

/** The first line of standard input. @throws UsageError */
export async function readPassword({ stdin, stderr }: CommandContext): Promise<string> {
  if (stdin.isTTY) stderr.write('Password (it will show as you type): ')
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.includes('\n') || text.length > longestPassword * 4) break
  }
  const password = text.split(/\r?\n/, 1)[0] ?? ''
  if (password.length < shortestPassword)
    throw new UsageError(
      `The password on standard input has ${password.length} characters; at least ${shortestPassword} are needed`,
    )
  if (password.length > longestPassword)
    throw new UsageError(`The password is longer than ${longestPassword} characters`)
  return password
}
