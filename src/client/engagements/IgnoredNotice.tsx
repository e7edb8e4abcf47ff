import { useState } from 'react'
import type { ParamError } from '../../contract/query/param.ts'
import { pageTexts } from '../texts/en/page.ts'
import { Notice } from '../ui/Notice.tsx'

/** What of the address could not be used. The rest of it applies. */
export function IgnoredNotice({ ignored }: { readonly ignored: readonly ParamError[] }) {
  const told = ignored.map(({ parameter, value }) => `${parameter}=${value}`).join(', ')
  const [dismissed, setDismissed] = useState('')
  if (ignored.length === 0 || dismissed === told) return null
  return (
    <Notice tone="info" onDismiss={() => setDismissed(told)}>
      <p>
        {pageTexts().ignored} <strong>{told}</strong>
      </p>
      <ul className="muted">
        {ignored.map(({ parameter, value, message }) => (
          // As the API words it, in English.
          <li key={`${parameter}=${value}`} lang="en">
            {parameter}: {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
