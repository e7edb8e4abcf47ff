import { useState } from 'react'
import type { ParamError } from '../../contract/query/param.ts'
import type { UngivenPart } from '../source-parts.ts'
import { pageTexts } from '../texts/en/page.ts'
import { Notice } from '../ui/Notice.tsx'

interface IgnoredNoticeProps {
  /** What was not understood. */
  readonly ignored: readonly ParamError[]
  /** What was, and cannot be asked for here. */
  readonly ungiven: readonly UngivenPart[]
}

/** What of the address could not be used. The rest of it applies. */
export function IgnoredNotice({ ignored, ungiven }: IgnoredNoticeProps) {
  const texts = pageTexts()
  const all = [...ignored, ...ungiven]
  const told = all.map(({ parameter, value }) => `${parameter}=${value}`).join(', ')
  const [dismissed, setDismissed] = useState('')
  if (all.length === 0 || dismissed === told) return null
  return (
    <Notice tone="info" onDismiss={() => setDismissed(told)}>
      <p>
        {texts.ignored} <strong>{told}</strong>
      </p>
      <ul className="muted">
        {ignored.map(({ parameter, value, message }) => (
          // As the API words it, in English.
          <li key={`${parameter}=${value}`} lang="en">
            {parameter}: {message}
          </li>
        ))}
        {ungiven.length > 0 && (
          <li>{texts.notGivenHere([...new Set(ungiven.map(({ parameter }) => parameter))])}</li>
        )}
      </ul>
    </Notice>
  )
}
