import { type PointerEvent, useRef, useState } from 'react'
import { widthHandleTexts } from '../../texts/en/width-handle.ts'
import { narrowestPx, widestPx } from './column-choice.ts'
import styles from './WidthHandle.module.css'
import { widthAfterKey, withinWidths } from './width-key.ts'

interface WidthHandleProps {
  /** What the column is called. */
  readonly label: string
  /** Chosen; undefined: as wide as its text. */
  readonly widthPx: number | undefined
  /** While it is dragged; undefined: it was let go of without a choice. */
  onDraw(widthPx: number | undefined): void
  /** Chosen; undefined: as wide as its text again. */
  onChoose(widthPx: number | undefined): void
}

/** At the end of a header: a drag or the arrow keys set the column's width, a double click or Enter gives it back to its text. */
export function WidthHandle({ label, widthPx, onDraw, onChoose }: WidthHandleProps) {
  const texts = widthHandleTexts()
  const handle = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ readonly fromX: number; readonly fromPx: number }>()
  // Asked of the page when the handle is come to: to ask at every drawing would lay the table out twice.
  const [measuredPx, setMeasuredPx] = useState<number>()
  const measure = () => handle.current?.closest('th')?.getBoundingClientRect().width ?? narrowestPx
  const nowPx = widthPx ?? measuredPx
  const draggedTo = ({ clientX }: PointerEvent, { fromX, fromPx }: NonNullable<typeof drag>) =>
    withinWidths(fromPx + clientX - fromX)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule has no width to be set
    <div
      ref={handle}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.of(label)}
      aria-valuenow={withinWidths(nowPx ?? narrowestPx)}
      aria-valuemin={narrowestPx}
      aria-valuemax={widestPx}
      aria-valuetext={widthPx === undefined ? texts.own : texts.pixels(widthPx)}
      title={texts.ways}
      className={styles.handle}
      data-dragged={drag !== undefined}
      onFocus={() => setMeasuredPx(measure())}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const next = widthAfterKey(widthPx ?? withinWidths(measure()), event)
        if (next === undefined) return
        event.preventDefault()
        onChoose(next === 'auto' ? undefined : next)
      }}
      onDoubleClick={() => onChoose(undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ fromX: event.clientX, fromPx: measure() })
      }}
      onPointerMove={(event) => {
        if (drag && event.clientX !== drag.fromX) onDraw(draggedTo(event, drag))
      }}
      onPointerUp={(event) => {
        setDrag(undefined)
        onDraw(undefined)
        if (drag && event.clientX !== drag.fromX) onChoose(draggedTo(event, drag))
      }}
      onPointerCancel={() => {
        setDrag(undefined)
        onDraw(undefined)
      }}
    />
  )
}
