/** A German browser goes everywhere: nothing that is shown, named or described is left in English. */
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Server } from './server.ts'
import { expect, test } from './test.ts'

test.use({ locale: 'de-DE', permissions: ['clipboard-read', 'clipboard-write'] })

/** None of them is a German word. */
const english = new Set(
  `about accepted across add after again and another any anybody appears apply are arrived as associate back
  before begin begins between bottom but by called cancel changed choose clear close column columns compact
  connected copied copy could counted current customer dark day days default delete deleted device dismiss does
  done down download duration each earlier edit ended engagement engagements ever every everybody exact expected
  failed faster fewer find first for forward from given goes has heard hide hour hours how ignored is it its
  keep keys later least left length less light loaded loading longest loudness make many mark matches minute
  minutes missing month months more move muted newer newest next no none not nothing now of off oldest on one
  open opened or order other others page pages part pause picture play player please position previous random
  reached read recording recordings remove rename reset retry review right row rows sample save saved search
  seconds seen select selected selection session share shared shortest show shown sign silence skip slower sort
  speed starred started starts still stop successful sure table than that the their them theme then there these
  they this those time times title to today together type unknown unsuccessful until up use value view views
  volume waited waveform week weeks were what when where which who whole widths will with without words wrong
  year years yesterday you your zones`.split(/\s+/),
)

/** Everything a person sees or is told, apart from what the data says and from what is marked as English. */
function saidOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-roledescription']
    const said = [document.title]
    for (const element of document.body.querySelectorAll('*')) {
      // The options of a select that is closed are read out all the same.
      const seen = element.matches('option') || element.checkVisibility()
      if (element.closest('[lang="en"], kbd, script') || !seen) continue
      for (const name of names) said.push(element.getAttribute(name) ?? '')
      for (const node of element.childNodes) if (node instanceof Text) said.push(node.data)
    }
    return said.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '')
  })
}

/** The texts of the newest engagements, which stay as they came. */
async function textsOfData(page: Page, { origin, tenant }: Server): Promise<readonly string[]> {
  const answer = await page.request.get(`${origin}/v1/engagements/${tenant}?status=all&limit=100`)
  const texts = new Set<string>()
  const gather = (value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        if (name === 'context') for (const text of contextTexts(inner)) texts.add(text)
        else if (!['status', 'releaseState', 'contents', 'association'].includes(name)) gather(inner)
      }
    else if (typeof value === 'string') texts.add(value)
  }
  gather(await answer.json())
  return [...texts]
}

function contextTexts(context: unknown): readonly string[] {
  const text = String(context)
  if (!text.startsWith('{')) return [text]
  return Object.entries(JSON.parse(text)).flatMap(([name, value]) => [name, String(value)])
}

/** Gathers the places where English was found, so that a run tells all of them. */
function watchFor(page: Page, ofData: readonly string[] = []) {
  const found = new Set<string>()
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => zone.replaceAll('_', ' '))
  const texts = new Set([...zones, ...ofData])
  return {
    async look(state: string): Promise<void> {
      for (const text of await saidOn(page)) {
        const ours = text
          .split(' · ')
          .filter((part) => !texts.has(part))
          .join(' · ')
          // Addresses, and files, which are called as the server calls them.
          .replaceAll(/\S+[@/]\S+|\S+\.json/g, ' ')
        const wrong = ours.match(/[\p{L}'’]+/gu)?.filter((word) => english.has(word.toLowerCase())) ?? []
        if (wrong.length > 0) found.add(`${state}: ${text} (${wrong.join(', ')})`)
      }
    },
    found: () => [...found],
  }
}

const at = ({ origin, tenant }: Server, search: string) => `${origin}/${tenant}/engagements${search}`

async function openInGerman(page: Page, server: Server, search: string): Promise<void> {
  await page.goto(at(server, search))
  await page.getByLabel('E-Mail', { exact: true }).fill(server.email)
  await page.getByLabel('Passwort', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await rowsThere(page)
}

async function rowsThere(page: Page): Promise<void> {
  await expect(page.getByRole('search', { name: 'Filter' })).toBeVisible()
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
}

const dialog = (page: Page) => page.getByRole('dialog')

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

test('the list says everything in German, and so does what stands in its place', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/, /status of 404/)
  await page.goto(at(server, ''))
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByText('Geben Sie Ihr Passwort an.')).toBeVisible()
  const before = watchFor(page)
  await before.look('sign-in')
  await page.getByLabel('E-Mail', { exact: true }).fill(server.email)
  await page.getByLabel('Passwort', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByRole('alert')).toHaveText('Mandant, E-Mail-Adresse oder Passwort ist falsch.')
  await before.look('wrong password')
  await openInGerman(page, server, '?limit=10&offset=10&open=recorded-lost-card-abroad')
  const { look, found } = watchFor(page, await textsOfData(page, server))

  await expect(page.getByRole('region', { name: 'Gespräch, das dieser Link öffnet' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Angaben' })).toBeVisible()
  await expect(page.getByRole('separator').first()).toBeVisible()
  await expect(page.getByRole('listbox', { name: /^Gesprächsbeginn/ })).toBeVisible()
  await look('pinned')
  await page.goto(at(server, '?status=all&limit=25'))
  await page.getByRole('row').locator('button[aria-expanded]').first().click()
  await expect(page.getByRole('heading', { name: 'Angaben' })).toBeVisible()
  await page.getByRole('button', { name: 'Als Tabelle zeigen' }).click()
  await expect(page.getByRole('region', { name: /als Tabelle$/ })).toBeVisible()
  await look('row and histogram')

  const people = page.getByLabel('E-Mail einer beteiligten Person')
  await people.fill('an')
  await expect(page.getByRole('listbox', { name: 'Bekannte E-Mail-Adressen' })).toBeVisible()
  await look('suggestions')
  await people.fill('niemand')
  await people.press('Enter')
  await expect(page.getByText('ist keine E-Mail-Adresse')).toBeVisible()
  await look('no address')

  const first = page.getByRole('row').getByRole('checkbox').nth(1)
  await page.goto(at(server, '?status=all&limit=10'))
  await first.check()
  const bar = page.getByRole('region', { name: 'Ausgewählte Zeilen' })
  await bar.getByRole('button', { name: 'Links kopieren' }).click()
  await expect(bar.getByRole('button', { name: 'Kopiert' })).toBeVisible()
  await look('selection')

  const places: Readonly<Record<string, readonly [string, string]>> = {
    'no match': ['?user=niemand@new.example&range=7d', 'Auf kein Gespräch trifft das alles zu'],
    'no range': ['?startAfter=2026-02-02&endBefore=2026-01-01', 'Ein Gespräch kann nicht beendet sein'],
    'past the end': ['?offset=1000000&limit=10', 'So weit reicht die Liste der Gespräche nicht'],
    ignored: ['?limit=7000&mood=good&tz=Mars', 'In diesem Link nicht beachtet:'],
    gone: ['?open=nonesuch&limit=10', 'Dieses Gespräch gibt es nicht'],
    shared: ['?asOf=2026-11-20&n=12&limit=10&tz=America/New_York', 'beim Teilen'],
    sample: ['?sample=10&seed=7', 'Stichprobe verlassen'],
    'open ones': ['?endAfter=2026-01-01&range=30d&limit=10', 'Noch offene Gespräche haben kein Ende'],
  }
  for (const [state, [search, sign]] of Object.entries(places)) {
    await page.goto(at(server, search))
    await rowsThere(page)
    await expect(page.getByText(sign).first()).toBeVisible()
    await look(state)
  }

  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmelden')
  await look('signed out')
  await page.goto(`${server.origin}/such/a/page`)
  await expect(page.getByText('Diese Seite gibt es nicht')).toBeVisible()
  await look('no such page')
  expect([...before.found(), ...found()]).toEqual([])
})

test('every dialog says everything in German', async ({ page, server }) => {
  await openInGerman(page, server, '?status=all&limit=10')
  const { look, found } = watchFor(page, await textsOfData(page, server))

  for (const name of ['Begonnen', 'Beendet']) {
    await page
      .getByRole('button', { name: new RegExp(`^${name}`), expanded: false })
      .last()
      .click()
    const from = dialog(page).getByRole('group', { name: 'Von' }).getByLabel('Tag')
    await from.fill('30.2.2026')
    await dialog(page).getByRole('button', { name: 'Anwenden' }).click()
    await expect(dialog(page).getByText('Diesen Tag gibt es nicht')).toBeVisible()
    await expect(dialog(page).getByRole('grid').first()).toBeVisible()
    await look(name)
    await closeDialog(page)
  }

  await page.getByRole('button', { name: 'Teilen' }).click()
  await expect(dialog(page).getByText(/^Der Empfänger sieht/)).toBeVisible()
  await look('share')
  await dialog(page).getByRole('button', { name: 'Kopieren' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Kopiert' })).toBeVisible()
  await dialog(page)
    .getByRole('radio', { name: /^Mitlaufend/ })
    .check({ force: true })
  await look('share, rolling')
  await closeDialog(page)

  await page.getByRole('button', { name: 'Export' }).click()
  await expect(dialog(page).getByText(/^Zeiten stehen in der Zeitzone/)).toBeVisible()
  await look('export')
  await dialog(page).getByText('JSON', { exact: true }).click()
  await dialog(page).getByRole('button', { name: 'Exportieren' }).click()
  await expect(dialog(page).getByRole('status')).toContainText('Gespeichert als')
  await look('export, ended')
  await closeDialog(page)

  await page.getByRole('button', { name: 'Ansichten' }).click()
  await expect(dialog(page).getByText('Noch keine Ansichten.').first()).toBeVisible()
  await look('views')
  await dialog(page).getByRole('button', { name: 'Neu speichern' }).click()
  await look('views, nameless')
  await dialog(page).getByLabel('Gezeigtes als neue Ansicht speichern').fill('Montags')
  await dialog(page).getByRole('button', { name: 'Neu speichern' }).click()
  await expect(dialog(page).getByText('„Montags“ ist gespeichert.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Montags umbenennen' }).click()
  await look('views, renaming')
  await dialog(page).getByRole('button', { name: 'Montags entfernen' }).click()
  await look('views, removing')
  await closeDialog(page)
  await page.getByRole('radio', { name: 'Erfolglos' }).check({ force: true })
  await rowsThere(page)
  await page.getByRole('button', { name: /^Ansicht/ }).click()
  await expect(dialog(page).getByText('wurde hier geändert.')).toBeVisible()
  await look('views, changed')
  await closeDialog(page)

  await page.getByRole('button', { name: 'Spalten' }).click()
  await dialog(page).getByRole('button', { name: 'Dauer nach oben' }).click()
  await expect(dialog(page).getByText('Dauer ist Spalte 1 von 8.')).toBeAttached()
  await look('columns')
  await closeDialog(page)

  await page.keyboard.press('Control+k')
  const find = dialog(page).getByRole('combobox', { name: 'Aktion suchen' })
  await expect(find).toBeFocused()
  await look('palette')
  await find.fill('xyzzy')
  await expect(dialog(page).getByText('Keine Aktion heißt so.')).toBeVisible()
  await look('palette, none')
  await closeDialog(page)

  await page.getByRole('button', { name: 'Tasten' }).click()
  await expect(dialog(page)).toBeVisible()
  await look('keys')
  await closeDialog(page)

  expect(found()).toEqual([])
})

test('the player says everything in German, its failures too', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/, /status of 401/)
  await openInGerman(page, ownServer, '?limit=25')
  const { look, found } = watchFor(page, await textsOfData(page, ownServer))
  const dock = page.getByRole('region', { name: 'Wiedergabe' })
  await page
    .getByRole('button', { name: /^2 Aufzeichnungen von .* abspielen$/ })
    .first()
    .click()
  await expect(dock.getByRole('button', { name: '2 Aufzeichnungen anhalten' })).toBeVisible()
  await look('playing')
  await page.keyboard.press('a')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('b')
  await expect(dock.getByRole('button', { name: 'Marken entfernen' })).toBeVisible()
  await dock.getByRole('button', { name: /^Stelle kopieren/ }).click()
  await expect(dock.getByText('Stelle kopiert').first()).toBeVisible()
  await look('marked and copied')
  await page.keyboard.press('g')
  await dock.getByLabel('Gewünschte Uhrzeit').fill('gestern')
  await page.keyboard.press('Enter')
  await expect(dock.getByRole('alert')).toContainText('ist keine Uhrzeit')
  await look('no clock time')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(dialog(page).getByRole('combobox', { name: 'Aktion suchen' })).toBeFocused()
  await look('palette over the player')
  await dialog(page).getByRole('combobox').fill('Gezeigte prüfen')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Prüfung beenden' })).toBeVisible()
  await look('review')
  await dock.getByRole('button', { name: 'Wiedergabe schließen' }).click()

  const folder = path.join(ownServer.dataDir, 'recordings')
  await rename(folder, `${folder}-away`)
  await page.goto(at(ownServer, '?limit=25&open=recorded-lost-card-abroad&rec=1'))
  await expect(dock.getByRole('alert')).toHaveCount(2)
  await look('failed')

  await page.context().clearCookies()
  await page.getByRole('radio', { name: 'Erfolglos' }).check({ force: true })
  await expect(page.getByRole('dialog', { name: 'Ihre Sitzung ist beendet' })).toBeVisible()
  await look('session ended')
  expect(found()).toEqual([])
})
