/**
 * A client behind a cable of its own, which a test can pull: from then on nothing of it arrives, neither an end nor a reset.
 * Linux network namespaces (https://man7.org/linux/man-pages/man4/veth.4.html), where the tester may make them.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'

export interface FarClient {
  /** Of ours, for a server to listen on: nobody but the client and this machine reaches it. */
  readonly host: string
  /** Asks, and reads on as fast as it can. Resolves when it has read something. */
  ask(port: number, request: string): Promise<void>
  pullCable(): void
  end(): Promise<void>
}

/** Networks of four addresses each, out of those for examples: https://www.rfc-editor.org/rfc/rfc5737 */
const networks = 64
const script = `let socket
process.stdin.once('data', (line) => {
  const { host, port, request } = JSON.parse(line)
  socket = require('node:net').connect(port, host, () => socket.write(request))
  socket.once('data', () => console.log('reads')).resume()
})
process.stdin.once('end', () => socket?.destroy())
console.log('starts')`

export function mayPullCables(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['-n', 'ip', 'link']).status === 0
}

/** @throws where no such network can be made */
export async function startFarClient(): Promise<FarClient> {
  const child = spawn('unshare', ['-n', process.execPath, '-e', script])
  await once(child.stdout, 'data')
  const { pid } = child
  const first = 4 * randomInt(networks)
  const [host, far] = [`198.51.100.${first + 1}`, `198.51.100.${first + 2}`]
  const [near, away] = [`hs${pid}`, `hs${pid}f`]
  const inside = ['nsenter', '-t', String(pid), '-n']
  run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', away, 'netns', String(pid))
  run('ip', 'address', 'add', `${host}/30`, 'dev', near)
  run('ip', 'link', 'set', near, 'up')
  run(...inside, 'ip', 'address', 'add', `${far}/30`, 'dev', away)
  run(...inside, 'ip', 'link', 'set', away, 'up')
  return {
    host,
    async ask(port, request) {
      child.stdin.write(`${JSON.stringify({ host, port, request })}\n`)
      await once(child.stdout, 'data')
    },
    pullCable: () => run(...inside, 'ip', 'link', 'set', away, 'down'),
    async end() {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
      // Its network would stay for as long as the system tries to tell us of its end.
      run('ip', 'link', 'delete', near)
    },
  }
}

function run(...[command = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}
