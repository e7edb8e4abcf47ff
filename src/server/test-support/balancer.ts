/**
 * What stands in front of several servers: HAProxy with the configuration that the README gives. Where there is none it is
 * installed, as the browser of the browser tests is; where that cannot be done either, a stand-in of ours takes turns and
 * passes over servers that are gone, and says that it was one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startRoundRobin } from './round-robin.ts'
import { selfSigned } from './upstream/self-signed.ts'

const readme = new URL('../../../README.md', import.meta.url)
const askAgainMs = 20
const longestInstallMs = 90_000

/**
 * Listens with TLS at 127.0.0.1, as `selfSigned`.
 * @param folder for its files
 * @param instances where the servers listen, as many as the README has
 * @returns what ends it
 */
export async function startBalancer(
  folder: string,
  port: number,
  instances: readonly URL[],
): Promise<() => Promise<void>> {
  if (!hasHaproxy() && !(install() && hasHaproxy())) {
    process.stderr.write('No HAProxy, and none to be installed: tested behind a stand-in of ours\n')
    return startRoundRobin(port, instances)
  }
  const certificate = path.join(folder, 'hindsight.pem')
  await writeFile(certificate, `${selfSigned.cert}\n${selfSigned.key}\n`)
  const file = path.join(folder, 'haproxy.cfg')
  await writeFile(file, await configuration(port, certificate, instances))
  const haproxy = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(haproxy, 'close')
  let said = ''
  haproxy.stderr.on('data', (chunk) => {
    said += String(chunk)
  })
  while (!(await listens(port))) {
    if (haproxy.exitCode !== null) throw new Error(`HAProxy does not take what the README says:\n${said}`)
    await delay(askAgainMs)
  }
  return async () => {
    haproxy.kill('SIGKILL')
    await ended
  }
}

/** The README's own, with other addresses. */
async function configuration(port: number, certificate: string, instances: readonly URL[]): Promise<string> {
  const text = /^```haproxy\n(.*?)^```/ms.exec(await readFile(readme, 'utf8'))?.[1] ?? ''
  const places = new Set(text.match(/\b10\.0\.0\.\d+:\d+/g))
  if (places.size !== instances.length)
    throw new Error(`The README has ${places.size} servers behind HAProxy`)
  let moved = text
    .replace('bind :443 ', `bind 127.0.0.1:${port} `)
    .replace('/etc/haproxy/hindsight.pem', certificate)
  for (const [index, place] of [...places].entries())
    moved = moved.replaceAll(place, instances[index]?.host ?? '')
  return moved
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function hasHaproxy(): boolean {
  return spawnSync('haproxy', ['-v']).status === 0
}

function install(): boolean {
  const [command, ...before] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  // Where nothing can be reached this is to be known soon.
  const quick = ['-qq', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=0']
  const apt = (...args: readonly string[]) =>
    spawnSync(command ?? '', [...before, ...quick, ...args], { stdio: 'ignore', timeout: longestInstallMs })
      .status === 0
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'haproxy')
}
