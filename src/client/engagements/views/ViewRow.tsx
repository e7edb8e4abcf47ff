import { useMutation } from '@tanstack/react-query'
import { Pencil, Star, Trash2 } from 'lucide-react'
import { useRef, useState, useSyncExternalStore } from 'react'
import { longestViewName } from '../../../contract/model/view.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { queryAt } from '../applied-range.ts'
import { sentenceText } from '../sentence.ts'
import type { ChosenView } from './chosen-view.ts'
import { defaultView, keptDefault, setDefaultView } from './default-view.ts'
import type { KnownView, Views } from './use-views.ts'
import styles from './ViewsPopover.module.css'

interface ViewRowProps {
  readonly tenant: string
  readonly view: KnownView
  readonly chosen: ChosenView | undefined
  readonly views: Views
  readonly zone: string
  onOpen(page: PageQuery): void
  onDone(told: string): void
}

/** One view: its name opens it. One that cannot be read whole says why, and opens nothing. */
export function ViewRow({ tenant, view, chosen, views, zone, onOpen, onDone }: ViewRowProps) {
  const { place, id, content, reading } = view
  const texts = viewsTexts()
  const [asks, setAsks] = useState<'nothing' | 'name' | 'removal'>('nothing')
  const open = useRef<HTMLButtonElement>(null)
  const isDefault =
    defaultView(useSyncExternalStore(keptDefault.subscribe, keptDefault.read), tenant)?.id === id
  const remove = useMutation({
    mutationFn: () => views.remove(view),
    onSuccess: () => {
      if (isDefault) setDefaultView(tenant, undefined)
      onDone(texts.removed(content.name))
    },
  })
  const rename = useMutation({
    mutationFn: (name: string) => views.rename(view, name, chosen),
    onSuccess: () => end(),
  })
  const end = () => {
    setAsks('nothing')
    open.current?.focus()
  }
  const by = view.changedBy === undefined ? '' : ` · ${view.changedBy}`
  return (
    <li className={styles.view}>
      <div className={styles.line}>
        <Button
          ref={open}
          look="ghost"
          className={styles.open}
          disabled={reading.kind === 'refused'}
          onClick={() => {
            if (reading.kind !== 'read') return
            views.choose(view, reading.page)
            onOpen(reading.page)
          }}
        >
          <bdi className={styles.name}>{content.name}</bdi>
          <span className={styles.what}>
            {reading.kind === 'read'
              ? sentenceText(queryAt(reading.page, Date.now()), zone, reading.page.range) + by
              : ''}
          </span>
        </Button>
        <Button
          look="ghost"
          icon
          aria-pressed={isDefault}
          aria-label={texts.defaultOf(content.name)}
          title={isDefault ? texts.isDefault : texts.makeDefault}
          onClick={() => setDefaultView(tenant, isDefault ? undefined : { place, id })}
        >
          <Star size={15} fill={isDefault ? 'currentColor' : 'none'} aria-hidden />
        </Button>
        <Button
          look="ghost"
          icon
          aria-label={texts.renameOf(content.name)}
          title={texts.rename}
          onClick={() => setAsks('name')}
        >
          <Pencil size={14} aria-hidden />
        </Button>
        <Button
          look="ghost"
          icon
          aria-label={texts.removeOf(content.name)}
          title={texts.remove}
          onClick={() => setAsks('removal')}
        >
          <Trash2 size={15} aria-hidden />
        </Button>
      </div>
      {reading.kind === 'refused' && <p className={styles.failed}>{texts.notOpened(reading.wrong)}</p>}
      {asks === 'name' && (
        <form
          className={styles.actions}
          aria-label={texts.renameOf(content.name)}
          onSubmit={(event) => {
            event.preventDefault()
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
            if (name === '' || name === content.name) end()
            else rename.mutate(name)
          }}
        >
          <TextField
            label={texts.newName}
            name="name"
            autoComplete="off"
            autoFocus
            defaultValue={content.name}
            maxLength={longestViewName}
            error={rename.error?.message}
          />
          <Button type="submit">{texts.rename}</Button>
          <Button look="ghost" onClick={end}>
            {texts.cancel}
          </Button>
        </form>
      )}
      {asks === 'removal' && (
        <div className={styles.actions}>
          <p>{place === 'tenant' ? texts.askRemovalForAll(tenant) : texts.askRemoval}</p>
          <Button autoFocus onClick={() => remove.mutate()}>
            {texts.remove}
          </Button>
          <Button look="ghost" onClick={end}>
            {texts.keep}
          </Button>
          {remove.isError && (
            <p role="alert" className={styles.failed}>
              {remove.error.message}
            </p>
          )}
        </div>
      )}
    </li>
  )
}
