/** What of the player's German has logic in it; each in English is beside its own source. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { german } from '../texts/de/german.ts'
import { setSpoken } from '../texts/in-language.ts'
import { readClockTime } from './clock-time-entry.ts'
import { failureOf } from './failure.ts'
import { handOverText } from './hand-over.ts'
import { heardText } from './heard.ts'
import { namedCommands } from './offered-commands.ts'
import { recordingName, roleText } from './people.ts'
import { spokenPosition, spokenTime } from './spoken-time.ts'

const { player, neighbours } = german

beforeAll(() => setSpoken({ language: 'de', locale: 'de-DE', translated: german }))
afterAll(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

test.each([
  [[[0, 180]], 432, '3 von 7 Minuten angehört'],
  [[[0, 20]], 432, 'weniger als 1 von 7 Minuten angehört'],
  [[[0, 431]], 432, 'alle 7 Minuten angehört'],
  [[[0, 1]], 1, 'die ganze Sekunde angehört'],
] as const)('of %j in %s seconds is told: %s', (spans, lengthSeconds, text) => {
  expect(heardText(spans, lengthSeconds)).toBe(text)
})

test('times are said with the forms that go with their numbers', () => {
  expect(spokenTime(3661)).toBe('1 Stunde 1 Minute 1 Sekunde')
  expect(spokenTime(0)).toBe('0 Sekunden')
  expect(spokenPosition(63, 432)).toBe('1 Minute 3 Sekunden von 7 Minuten 12 Sekunden')
  expect(spokenPosition(63, undefined)).toBe('1 Minute 3 Sekunden, Dauer unbekannt')
})

test('one recording and several', () => {
  expect([1, 2].map(player.play)).toEqual(['Die Aufzeichnung abspielen', '2 Aufzeichnungen abspielen'])
  expect([1, 2].map(player.pause)).toEqual(['Die Aufzeichnung anhalten', '2 Aufzeichnungen anhalten'])
})

test('names are listed as German lists them, speeds have a comma', () => {
  expect(player.waitingFor(['zoe.w'])).toBe('Warten auf zoe.w …')
  expect(player.goesOnWithout(['zoe.w', 'ana.ruiz', 'j.okafor'])).toBe(
    'Das Abspielen geht ohne zoe.w, ana.ruiz und j.okafor weiter.',
  )
  expect([0.75, 1, 2.5].map(player.speedOf)).toEqual(['0,75×', '1×', '2,5×'])
})

test('roles are translated, and one that we do not know is told as it came', () => {
  const engagement = {
    associateInitiated: false,
    users: [
      { uri: 'zoe.w@post.example', association: 'CREATOR' },
      { uri: 'ana.ruiz@premier.example', association: 'MEMBER' },
      { uri: 'm.tanaka@premier.example', association: 'LISTENER' },
    ],
  }
  const roles = engagement.users.map(({ uri }) => recordingName(engagement, uri).role)
  // What a lane is coloured by is of no language.
  expect(roles).toEqual(['customer', 'associate', 'listener'])
  expect(roles.map((role) => role && roleText(role))).toEqual(['Kunde', 'Agent', 'listener'])
  expect(recordingName(engagement, undefined).name).toBe('ohne Namen')
})

test('the hand-over text', () => {
  const text = handOverText({
    engagement: {
      id: 'call-7',
      associateInitiated: false,
      users: [
        { uri: 'zoe.w@post.example', association: 'CREATOR' },
        { uri: 'ana.ruiz@premier.example', association: 'MEMBER' },
        { uri: 'x@premier.example' },
      ],
      recordings: [{ user: 'zoe.w@post.example' }],
    },
    recordingIndex: 0,
    atSeconds: 151,
    part: { fromSeconds: 151, toSeconds: 180 },
    lengthSeconds: 432,
    timelineStartMs: undefined,
    zone: 'UTC',
    link: 'https://hindsight.example/',
  })
  expect(text).toBe(
    `Gespräch: call-7
Kunde: zoe.w@post.example
Agent: ana.ruiz@premier.example
Beteiligt: x@premier.example
Aufzeichnung 1: zoe.w@post.example
Abschnitt: 02:31 bis 03:00 von 07:12
https://hindsight.example/`,
  )
})

test('commands are named when they are asked for', () => {
  const named = new Map(namedCommands().map(({ name, key }) => [name, key]))
  expect(named.get('Abspielen oder anhalten')).toBe('Leertaste')
  expect(named.get('30 Sekunden zurück')).toBe('Umschalt ←')
  expect(named.get('Aufzeichnung 9 wählen')).toBe('9')
})

test('why a recording cannot be heard, with its kind where that is known', () => {
  const kind = (mediaType: string | undefined) =>
    failureOf({ kind: 'answered', status: 200, mediaType }, undefined).words
  expect(kind('audio/x-speex')).toBe(
    'Dieser Browser kann diese Art von Aufzeichnung nicht abspielen (audio/x-speex).',
  )
  expect(kind(undefined)).toBe('Dieser Browser kann diese Art von Aufzeichnung nicht abspielen.')
})

describe('a clock time', () => {
  const range = {
    startMs: Date.parse('2026-11-22T13:16:40Z'),
    endMs: Date.parse('2026-11-22T13:23:52Z'),
    zone: 'UTC',
  }
  const runs = 'Dieses Gespräch reicht von 13:16:40 bis 13:23:52 UTC.'

  test.each([
    ['14:19', `14:19 liegt nicht in diesem Gespräch. ${runs}`],
    [
      'mittags',
      `„mittags“ ist keine Uhrzeit. Erwartet wird eine Uhrzeit wie 14:19, 14:19:11 oder 2:19 pm. ${runs}`,
    ],
  ])('%s is refused with what would do', (text, message) => {
    expect(readClockTime(text, range)).toEqual({ ok: false, message })
  })
})

test('ways that lead nowhere, in both directions', () => {
  expect(neighbours.noneNear('next', 2000)).toBe('Keines der nächsten 2.000 Gespräche hat eine Aufzeichnung.')
  expect(neighbours.notOnPage('previous')).toBe(
    'Dieses Gespräch steht nicht auf dieser Seite der Liste, daher hat es kein vorheriges.',
  )
  expect((['next', 'previous'] as const).map(neighbours.noneInList)).toEqual([
    'Nach diesem kommt in der Liste kein Gespräch mit Aufzeichnungen.',
    'Vor diesem kommt in der Liste kein Gespräch mit Aufzeichnungen.',
  ])
})
