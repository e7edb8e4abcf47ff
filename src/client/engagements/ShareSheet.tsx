import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { EpochMs } from '../../contract/query/instant.ts'
import { filterOf, type PageQuery } from '../../contract/query/page-query.ts'
import { engagementCountOptions } from '../api/queries.ts'
import { useLacks } from '../source-parts.ts'
import { shareTexts } from '../texts/en/share.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Modal } from '../ui/Modal.tsx'
import { useCopy } from '../ui/use-copy.ts'
import { exactPage } from './applied-range.ts'
import { stringifySearch, writePage } from './page-url.ts'
import styles from './ShareSheet.module.css'
import { choicesOf } from './share-choices.ts'
import { type ShareChoices, sharedPage, usualChoices } from './share-link.ts'

interface ShareSheetProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly zone: string
  /** Of the rows shown; absent: not known. */
  readonly moment: EpochMs | undefined
  /** When the page was come to. */
  readonly cameAtMs: EpochMs
  onClose(): void
}

/** Some programs cut longer addresses. */
const longLink = 2000

/** A link to what is shown: what it carries is chosen, and said, before it is copied. */
export function ShareSheet({ tenant, page, zone, moment, cameAtMs, onClose }: ShareSheetProps) {
  const texts = shareTexts()
  const lacks = useLacks()
  const counts = !lacks.has('count')
  const [choices, setChoices] = useState(usualChoices(lacks))
  const choose = (part: Partial<ShareChoices>) => setChoices({ ...choices, ...part })
  const shared = sharedPage(page, zone, moment, choices, cameAtMs)
  const count = useQuery({
    ...engagementCountOptions(tenant, filterOf(exactPage(shared, cameAtMs))),
    enabled: counts,
  })
  // The receiver is told what has become of this number.
  const n = shared.asOf === undefined ? undefined : count.data
  const link = new URL(stringifySearch(writePage({ ...shared, n })), location.href).href
  const [state, copy] = useCopy()

  return (
    <Modal title={texts.share} onClose={onClose}>
      {choicesOf(page, zone, moment, lacks).map(({ part, legend, options }) => (
        <Choice
          key={part}
          legend={legend}
          name={part}
          value={choices[part]}
          options={options}
          onChange={(value) => choose({ [part]: value })}
        />
      ))}
      {counts && (
        <p className={styles.count} role="status">
          {count.data !== undefined
            ? texts.sees(count.data, shared.asOf === undefined ? 'rolling' : 'exact')
            : count.isError
              ? texts.notCounted(count.error.message)
              : texts.counting}
          {count.isError && (
            <Button look="link" onClick={() => void count.refetch()}>
              {texts.countAgain}
            </Button>
          )}
        </p>
      )}
      <textarea
        className={styles.link}
        aria-label={texts.link}
        readOnly
        rows={3}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <p className="muted num">
        {link.length > longLink ? texts.tooLong(link.length) : texts.characters(link.length)}
      </p>
      <div className={styles.actions}>
        <Button look="primary" disabled={count.isLoading} onClick={() => copy(link)}>
          {state === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          {texts.copy[state]}
        </Button>
        <Button onClick={onClose}>{texts.close}</Button>
        <span className="visually-hidden" role="status">
          {state === 'idle' ? '' : texts.copy[state]}
        </span>
      </div>
    </Modal>
  )
}
