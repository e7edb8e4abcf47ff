import { detailTexts } from '../../texts/en/detail.ts'
import { Button } from '../../ui/Button.tsx'
import { cutText } from '../../ui/cut-text.ts'
import { useCopy } from '../../ui/use-copy.ts'

/** Characters: what a browser lays out at once, and more than is read here. */
const longestShown = 4000

/** A text of any length: the beginning of it, and a way to all of it. */
export function LongText({ children }: { readonly children: string }) {
  const [copied, copy] = useCopy()
  const texts = detailTexts()
  if (children.length <= longestShown) return <bdi>{children}</bdi>
  const label = {
    idle: texts.copyWhole(children.length),
    copied: texts.copied,
    failed: texts.copyRefused,
  }
  return (
    <>
      <bdi>{cutText(children, longestShown)}</bdi>{' '}
      <Button look="link" onClick={() => copy(children)}>
        {label[copied]}
      </Button>
    </>
  )
}
