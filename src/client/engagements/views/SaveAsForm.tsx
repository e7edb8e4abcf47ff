import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { longestViewName } from '../../../contract/model/view.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { useLacks } from '../../source-parts.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Place } from './chosen-view.ts'
import type { Views } from './use-views.ts'
import styles from './ViewsPopover.module.css'

interface SaveAsFormProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly views: Views
  onDone(told: string): void
}

/** What is applied now, under a new name. */
export function SaveAsForm({ tenant, page, views, onDone }: SaveAsFormProps) {
  const texts = viewsTexts()
  const ofTenantAlso = !useLacks().has('views')
  const [name, setName] = useState('')
  const [place, setPlace] = useState<Place>('device')
  const [nameless, setNameless] = useState(false)
  const save = useMutation({
    mutationFn: () => views.saveAs(page, name.trim(), place),
    onSuccess: () => {
      onDone(texts.saved(name.trim()))
      setName('')
    },
  })
  return (
    <form
      className={styles.section}
      aria-label={texts.saveAsNew}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setNameless(name.trim() === '')
        if (name.trim() !== '') save.mutate()
      }}
    >
      <TextField
        label={texts.saveShown}
        placeholder={texts.name}
        autoComplete="off"
        maxLength={longestViewName}
        value={name}
        error={nameless ? texts.nameMissing : save.error?.message}
        onChange={(event) => {
          setName(event.target.value)
          setNameless(false)
          save.reset()
        }}
      />
      <div className={styles.actions}>
        {ofTenantAlso && (
          <Segmented<Place>
            label={texts.place}
            name="place"
            value={place}
            options={[
              { value: 'device', label: texts.thisDevice },
              { value: 'tenant', label: texts.everybody(tenant) },
            ]}
            onChange={setPlace}
          />
        )}
        <Button type="submit" disabled={save.isPending}>
          {texts.saveAsNew}
        </Button>
      </div>
    </form>
  )
}
