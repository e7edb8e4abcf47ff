/** Into the browser’s downloads, which write to a name of their own until all is there. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The download has its own hold of the file once it has begun, which is after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
