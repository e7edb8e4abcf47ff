import { numberText } from '../amounts.ts'
import type { SentenceTexts } from '../en/sentence.ts'
import { value, words } from '../sentence-part.ts'

const subjects = {
  successful: 'Erfolgreiche Gespräche',
  unsuccessful: 'Erfolglose Gespräche',
  all: 'Alle Gespräche',
}

/** After "10 zufällige". */
const drawnSubjects = {
  successful: ' erfolgreiche Gespräche',
  unsuccessful: ' erfolglose Gespräche',
  all: ' Gespräche',
}

/** After "10 zufällige von 212". */
const drawnFrom = {
  successful: 'erfolgreichen Gesprächen',
  unsuccessful: 'erfolglosen Gesprächen',
  all: 'Gesprächen',
}

const orders = {
  newest: 'neueste zuerst',
  oldest: 'älteste zuerst',
  longest: 'längste zuerst',
  shortest: 'kürzeste zuerst',
}

export const sentence: SentenceTexts = {
  sentence({ status, sort, drawn, people, started, ended, asOf }) {
    const parts =
      drawn === undefined
        ? [words('subject', subjects[status])]
        : [
            value('drawn', `${numberText(drawn.size)} zufällige`),
            words(
              'subject',
              drawn.of === undefined
                ? drawnSubjects[status]
                : ` von ${numberText(drawn.of)} ${drawnFrom[status]}`,
            ),
          ]
    if (people !== undefined) parts.push(words('with', ' mit '), value('people', people))
    if (started !== undefined) parts.push(words('started', ', begonnen '), value('start', started))
    if (ended !== undefined) parts.push(words('ended', ', beendet '), value('end', ended))
    if (asOf !== undefined) parts.push(words('as of', ', Stand '), value('moment', asOf))
    parts.push(words('order', `, ${orders[sort]}`))
    return parts
  },
  someOf: (named, more) => `${named.join(', ')} oder ${numberText(more)} weiteren`,
  rowsOf: (rows, total) => `${rows} von ${total}`,
  drawn: (count) => `${count} gezogen`,
  noEngagements: 'Keine Gespräche',
}
