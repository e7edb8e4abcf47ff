import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { longestViewName } from '../../../contract/model/view.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
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
  const [name, setName] = useState('')
  const [place, setPlace] = useState<Place>('device')
  const [nameless, setNameless] = useState(false)
  const save = useMutation({
    mutationFn: () => views.saveAs(page, name.trim(), place),
    onSuccess: () => {
      onDone(`“${name.trim()}” is saved.`)
      setName('')
    },
  })
  return (
    <form
      className={styles.section}
      aria-label="Save as new"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setNameless(name.trim() === '')
        if (name.trim() !== '') save.mutate()
      }}
    >
      <TextField
        label="Save what is shown as a new view"
        placeholder="Name"
        autoComplete="off"
        maxLength={longestViewName}
        value={name}
        error={nameless ? 'A view needs a name.' : save.error?.message}
        onChange={(event) => {
          setName(event.target.value)
          setNameless(false)
          save.reset()
        }}
      />
      <div className={styles.actions}>
        <Segmented<Place>
          label="Where to keep it"
          name="place"
          value={place}
          options={[
            { value: 'device', label: 'This device' },
            { value: 'tenant', label: `Everybody in ${tenant}` },
          ]}
          onChange={setPlace}
        />
        <Button type="submit" disabled={save.isPending}>
          Save as new
        </Button>
      </div>
    </form>
  )
}
