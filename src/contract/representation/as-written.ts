/**
 * Whether an engagement came just as it is written here, which most do: then there is nothing to read it as. What this lets
 * through, the liberal reading would give back unchanged; it only takes ten times as long to find that out.
 */

import { type EngagementV1, releaseStates, statuses } from '../model/engagement.ts'
import { contentsWords } from '../model/recording.ts'
import { associations } from '../model/user.ts'
import { formatInstant } from '../query/instant.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isAmount: Check = (value) => typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
const isFlag: Check = (value) => typeof value === 'boolean'
// What Date.parse makes of 30 February is written as another day.
const isDate: Check = (value) => {
  if (typeof value !== 'string' || value.length < 20 || value.length > 24) return false
  const at = Date.parse(value)
  return !Number.isNaN(at) && formatInstant(at) === value
}

function isWord(words: readonly string[]): Check {
  const written = new Map(words.map((word) => [word.toLowerCase(), word]))
  return (value) => {
    if (typeof value !== 'string') return false
    const known = written.get(value.trim().toLowerCase())
    return known === undefined || known === value
  }
}

function isListOf(item: Check): Check {
  return (value) => Array.isArray(value) && value.every(item)
}

/** Known fields in their order and first, none of them in another letter case; any others after them. */
function isObjectOf(fields: Readonly<Record<string, Check>>, needed?: string): Check {
  const checks = new Map(Object.entries(fields).map(([name, check], index) => [name, { check, index }]))
  const folded = new Set(Object.keys(fields).map((name) => name.toLowerCase()))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    let last = -1
    for (const name in value) {
      const known = checks.get(name)
      if (known === undefined) {
        if (folded.has(name.toLowerCase())) return false
        last = checks.size
      } else {
        if (known.index <= last || !known.check(Reflect.get(value, name))) return false
        last = known.index
      }
    }
    return needed === undefined || Object.hasOwn(value, needed)
  }
}

const isUser = isObjectOf({ uri: isText, association: isWord(associations) })
const isContents = isWord(contentsWords)
const isRecording = isObjectOf({
  uri: isText,
  user: isText,
  created: isDate,
  duration: isAmount,
  size: isAmount,
  contents: isContents,
})

const isEngagement = isObjectOf(
  {
    startDate: isDate,
    endDate: isDate,
    id: isText,
    duration: isAmount,
    contents: isContents,
    context: isText,
    users: isListOf(isUser),
    recordings: isListOf(isRecording),
    releaseState: isWord(releaseStates),
    status: isWord(statuses),
    pendingTime: isAmount,
    assignedTeam: isText,
    associateInitiated: isFlag,
    reason: isText,
  },
  'associateInitiated',
)

export function isAsWritten(given: unknown): given is EngagementV1 {
  return isEngagement(given)
}
