/** What is asked of people that others must not read: from standard input, never from the command line. */
import { type CommandContext, UsageError } from './command.ts'

const longestLine = 1024

/**
 * The first lines of standard input, one for each name.
 * @throws UsageError where one is missing, empty or longer than anybody means it
 */
export async function readLines(
  { stdin, stderr }: Pick<CommandContext, 'stdin' | 'stderr'>,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return []
  if (stdin.isTTY) stderr.write(`${names.join(', then ')}, a line each (it will show as you type):\n`)
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.split('\n').length > names.length || text.length > names.length * longestLine) break
  }
  const lines = text.split(/\r?\n/)
  return names.map((name, index) => {
    const line = lines[index] ?? ''
    if (line === '')
      throw new UsageError(`${name} is missing: expected it on line ${index + 1} of standard input`)
    if (line.length > longestLine) throw new UsageError(`${name} is longer than ${longestLine} characters`)
    return line
  })
}
