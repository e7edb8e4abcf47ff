/**
 * Finds the browser the tests run in, or installs one: CHROMIUM_PATH where set, a Chromium of the system, Playwright's own
 * where it can be downloaded, Debian's package otherwise.
 */
import { spawnSync } from 'node:child_process'
import { findChromium } from './find-chromium.ts'

function run(command: string, args: readonly string[]): boolean {
  process.stderr.write(`$ ${command} ${args.join(' ')}\n`)
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

function install(): boolean {
  const root = process.getuid?.() === 0
  const apt = root ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  const [command = 'apt-get', ...before] = apt
  run(command, [...before, 'update', '-qq'])
  const packages = ['chromium-headless-shell', 'chromium']
  const taken = (name: string) =>
    run(command, [...before, 'install', '-y', '-qq', '--no-install-recommends', name])
  if (packages.some(taken)) return true
  return run('npx', ['playwright', 'install', '--with-deps', 'chromium'])
}

if (findChromium() === undefined && !(install() && findChromium() !== undefined)) {
  process.stderr.write(
    'No Chromium to test in. Install one (apt-get install chromium, or npx playwright install chromium), or set CHROMIUM_PATH to one.\n',
  )
  process.exitCode = 1
}
