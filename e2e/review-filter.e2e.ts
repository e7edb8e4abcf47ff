import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { player } from './player.ts'
import { hindsight, type Server } from './server.ts'
import { expect, openEngagements, test } from './test.ts'

const spokenSeconds = 2

/** A WAV file: 8,000 samples a second of 16 bits, a tone. */
function tone(): Buffer {
  const samples = Int16Array.from({ length: 8000 * spokenSeconds }, (_, n) => 9000 * Math.sin(n / 3))
  const bytes = Buffer.from(samples.buffer)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + bytes.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes.length, 40)
  return Buffer.concat([head, bytes])
}

/** Engagements, the newest first; each is called by its place, and those at some places have a recording. */
async function importCalls(
  { dataDir, tenant }: Server,
  names: readonly string[],
  recorded: (place: number) => boolean,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-review-'))
  await writeFile(path.join(folder, 'tone.wav'), tone())
  const now = Date.now()
  const lines = names.map((name, place) => {
    const startDate = new Date(now - place * 1000).toISOString()
    return JSON.stringify({
      id: name,
      startDate,
      duration: spokenSeconds,
      status: 'successful',
      users: [
        { uri: `${name}@new.example`, association: 'CREATOR' },
        { uri: 'walk@new.example', association: 'MEMBER' },
      ],
      ...(recorded(place) && {
        recordings: [{ uri: 'tone.wav', created: startDate, duration: spokenSeconds, contents: 'AUDIO' }],
      }),
    })
  })
  const command = ['import', '-', '--tenant', tenant, '--recordings', folder]
  expect(await hindsight(command, dataDir, lines.join('\n'))).toContain(`${names.length} new`)
  await rm(folder, { recursive: true })
}

test('a review of what is shown goes on over all of its pages, and what was played counts as heard', async ({
  page,
  ownServer,
}) => {
  test.slow()
  const recorded = new Set([0, 40, 90, 205, 220])
  const names = Array.from({ length: 230 }, (_, place) => `call${place}`)
  await importCalls(ownServer, names, (place) => recorded.has(place))
  await openEngagements(page, ownServer, '?user=walk@new.example&limit=10')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: 'Find an action' })).toBeFocused()
  await page.keyboard.type('review shown')
  await page.keyboard.press('Enter')
  const bar = page.getByRole('region', { name: 'Selected rows' })
  const playing = (name: string) => expect(player(page).getByText(name, { exact: true })).toBeVisible()
  await playing('call0')
  await expect(bar).toContainText('Heard 0 of the first 3 of what is shown')
  // What arrives now is not what was shown.
  await importCalls(ownServer, ['late'], () => true)

  await player(page).getByRole('button', { name: /^Play/ }).click()
  await expect(bar).toContainText('Heard 1 of the first 3')
  await expect(bar.getByRole('button', { name: 'Heard', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  // A hand has the last word, and can take it back.
  await bar.getByRole('button', { name: 'Heard', exact: true }).click()
  await expect(bar).toContainText('Heard 0 of the first 3')
  await bar.getByRole('button', { name: 'Mark as heard' }).click()
  await expect(bar).toContainText('Heard 1 of the first 3')

  for (const name of ['call40', 'call90', 'call205', 'call220']) {
    await page.keyboard.press('Shift+N')
    await playing(name)
  }
  await expect(bar).toContainText('Heard 1 of 5 of what is shown')
  await page.keyboard.press('Shift+N')
  await expect(page.getByText('This is the last one of the review.')).toBeVisible()
  await page.keyboard.press('Shift+P')
  await playing('call205')
})
