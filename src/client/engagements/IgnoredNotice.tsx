import { useState } from 'react'
import type { ParamError } from '../../contract/query/param.ts'
import { Notice } from '../ui/Notice.tsx'

/** What of the address could not be used. The rest of it applies. */
export function IgnoredNotice({ ignored }: { readonly ignored: readonly ParamError[] }) {
  const told = ignored.map(({ parameter, value }) => `${parameter}=${value}`).join(', ')
  const [dismissed, setDismissed] = useState('')
  if (ignored.length === 0 || dismissed === told) return null
  return (
    <Notice tone="info" onDismiss={() => setDismissed(told)}>
      <p>
        Ignored in this link: <strong>{told}</strong>
      </p>
      <ul className="muted">
        {ignored.map(({ parameter, value, message }) => (
          <li key={`${parameter}=${value}`}>
            {parameter}: {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
