/** Days as each zone has them, also those on which its clocks change: the filter, the table, the histogram and the export agree. */
import { readFile } from 'node:fs/promises'
import { hindsight, type Server } from './server.ts'
import { expect, openEngagements, rows, settled, test } from './test.ts'

const hourMs = 3_600_000

interface ZoneDay {
  readonly zone: string
  /** Of 23 hours, then of 25, or the other way round. */
  readonly days: readonly { readonly day: string; readonly fromUtc: string; readonly hours: 23 | 25 }[]
}

const zoneDays: readonly ZoneDay[] = [
  {
    zone: 'Europe/Berlin',
    days: [
      { day: '2026-03-29', fromUtc: '2026-03-28T23:00:00Z', hours: 23 },
      { day: '2025-10-26', fromUtc: '2025-10-25T22:00:00Z', hours: 25 },
    ],
  },
  {
    zone: 'America/St_Johns',
    days: [
      { day: '2026-03-08', fromUtc: '2026-03-08T03:30:00Z', hours: 23 },
      { day: '2025-11-02', fromUtc: '2025-11-02T02:30:00Z', hours: 25 },
    ],
  },
  {
    zone: 'Pacific/Auckland',
    days: [
      { day: '2025-09-28', fromUtc: '2025-09-27T12:00:00Z', hours: 23 },
      { day: '2026-04-05', fromUtc: '2026-04-04T11:00:00Z', hours: 25 },
    ],
  },
]

/** One a half hour over the day, the last moment before it, the first after it, and the last of it. */
async function fill({ dataDir, tenant }: Server, email: string, fromMs: number, hours: number) {
  const toMs = fromMs + hours * hourMs
  const inside = [...Array.from({ length: hours * 2 }, (_, n) => fromMs + (n * hourMs) / 2), toMs - 1]
  const lines = [fromMs - 1, ...inside, toMs].map((startMs, n) =>
    JSON.stringify({
      id: `${email} ${n}`,
      startDate: new Date(startMs).toISOString(),
      status: 'successful',
      users: [{ uri: email, association: 'MEMBER' }],
    }),
  )
  await hindsight(['import', '-', '--tenant', tenant], dataDir, `${lines.join('\n')}\n`)
  return inside
}

for (const { zone, days } of zoneDays)
  test.describe(zone, () => {
    test.use({ timezoneId: zone })

    for (const { day, fromUtc, hours } of days)
      test(`a day of ${hours} hours is whole everywhere`, async ({ page, ownServer }) => {
        const email = `day-${hours}@zones.example`
        const fromMs = Date.parse(fromUtc)
        const inside = await fill(ownServer, email, fromMs, hours)
        await openEngagements(page, ownServer, `?user=${email}&limit=100&sort=oldest`)
        await expect(rows(page)).toHaveCount(inside.length + 2)

        await page.getByRole('button', { name: /^Started Any time/ }).press('Enter')
        const dialog = page.getByRole('dialog', { name: 'Started: range' })
        const [year, month, date] = day.split('-')
        for (const edge of ['From', 'To'])
          await dialog.getByRole('group', { name: edge }).getByLabel('Day').fill(`${date}/${month}/${year}`)
        await dialog.getByRole('group', { name: 'To' }).getByLabel('Day').press('Enter')
        await settled(page)
        const asked = new URL(page.url()).searchParams
        expect(Date.parse(asked.get('startAfter') ?? '')).toBe(fromMs)
        expect(Date.parse(asked.get('startBefore') ?? '')).toBe(fromMs + hours * hourMs - 1)
        await expect(page.getByRole('heading', { level: 1 })).toContainText(
          `started ${Number(date)} ${new Date(`${day}T12:00Z`).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' })} ${year}`,
        )

        await expect(rows(page)).toHaveCount(inside.length)
        const shown = page.getByRole('table').locator('tbody time')
        const told = await shown.evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))
        expect(told.map((text) => Date.parse(text)).filter((at) => at >= fromMs)).toEqual(inside)
        const clock = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
        })
        const texts = await shown.allTextContents()
        for (const [n, at] of inside.entries()) expect(texts[n]).toContain(clock.format(at))

        const bars = page.getByRole('listbox', { name: /^Starts by / }).getByRole('option')
        const held = async () => {
          const names = await bars.evaluateAll((all) =>
            all.map((one) => one.getAttribute('aria-label') ?? ''),
          )
          const counts = names.flatMap((name) => (name.match(/\d+ (?=successful)/g) ?? []).map(Number))
          return counts.reduce((all, one) => all + one, 0)
        }
        // Until the bars of the narrower range are there, those of the former one are.
        await expect.poll(held).toBe(inside.length)

        await page.getByRole('button', { name: 'Export' }).first().click()
        const exporting = page.getByRole('dialog', { name: /^Export/ })
        const downloading = page.waitForEvent('download')
        await exporting.getByRole('button', { name: 'Export' }).click()
        const file = await readFile(await (await downloading).path(), 'utf8')
        const starts = file.match(/\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d(?=,)/g) ?? []
        const exported = starts
          .filter((text) => !file.includes(`# As of,${text}`))
          .map((text) => Date.parse(text))
        expect(inside.filter((at) => !exported.includes(at))).toEqual([])
        for (const text of starts) expect(offsetOf(zone, Date.parse(text))).toBe(text.slice(-6))
      })
  })

function offsetOf(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    at,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
}
