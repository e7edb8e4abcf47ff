import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeEngagement } from '../../contract/representation/json.ts'
import { benchEngagements } from '../demo/bench-engagements.ts'
import { packDocument, unpackDocument } from './packed-document.ts'

it('gives every document back as it was', () => {
  const phrase = fc.constantFrom(
    '","associateInitiated":false}',
    '],"releaseState":"connected"',
    '\u0001a',
    '\u0001',
  )
  const text = fc
    .array(fc.oneof(phrase, fc.string({ unit: 'binary', maxLength: 4 })))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.jsonValue({ maxDepth: 1 }), fc.boolean(), (reason, context, associateInitiated) => {
      const document = writeEngagement({
        id: reason,
        context: JSON.stringify(context),
        users: [{ uri: reason, association: 'MEMBER' }],
        releaseState: 'connected',
        status: 'successful',
        pendingTime: 1,
        assignedTeam: reason,
        associateInitiated,
        reason,
      })
      expect(unpackDocument(packDocument(document))).toBe(document)
      expect(unpackDocument(document)).toBe(document)
    }),
  )
})

it('leaves out a fifth of usual ones', () => {
  const documents = [...benchEngagements(500, 0, 1)].map(writeEngagement)
  const bytes = (texts: readonly string[]) => texts.join('').length
  expect(bytes(documents.map(packDocument))).toBeLessThan(bytes(documents) * 0.8)
  expect(documents.map(packDocument).map(unpackDocument)).toEqual(documents)
})
