import { expect, test } from 'vitest'
import { recordingName, shortName, sidesOf } from './people.ts'

const engagement = {
  associateInitiated: false,
  users: [
    { uri: 'ana.ruiz@premier.example', association: 'MEMBER' },
    { uri: 'zoe.w@post.example', association: 'CREATOR' },
    { uri: 'j.okafor@premier.example', association: 'MEMBER' },
    { uri: 'm.tanaka@premier.example', association: 'LISTENER' },
    { association: 'MEMBER' },
  ],
}

test('an email is shortened to what stands before the @', () => {
  expect(['zoe.w@post.example', 'zoe', '@post'].map(shortName)).toEqual(['zoe.w', 'zoe', '@post'])
})

test('the two sides of an engagement', () => {
  expect(sidesOf(engagement)).toEqual({ customers: ['zoe.w'], associates: ['ana.ruiz', 'j.okafor'] })
  expect(sidesOf({ associateInitiated: false })).toEqual({ customers: [], associates: [] })
})

test.each([
  ['zoe.w@post.example', 'zoe.w', 'customer'],
  ['ANA.RUIZ@premier.example', 'ANA.RUIZ', 'associate'],
  ['m.tanaka@premier.example', 'm.tanaka', 'listener'],
  ['somebody@else.example', 'somebody', undefined],
  [undefined, 'unnamed', undefined],
])('the recording of %s is named %s, %s', (user, name, role) => {
  expect(recordingName(engagement, user)).toEqual({ name, role })
})
