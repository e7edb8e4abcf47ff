/** Who takes recordings in keeps everybody from removing any meanwhile. */

/**
 * Without it bytes could go missing: a file is left over once no row names it, and may be taken in anew by the same name while
 * it is being removed. Whoever removes looks whether it is left, removes it, and notes that; whoever takes in looks
 * whether the bytes are there, and commits the row that names them. Neither may happen inside of the other, across all processes, and
 * neither fits into one transaction, since bytes may lie on another machine. So takers hold files, as many of them at once as
 * like, and who removes does it while nobody does: then a file that the row says is left is named by nobody, nor about to be.
 * What takers left that were killed before their commit no row names either: it is removed in the same way.
 * It is a lock that the system takes away with a process, however that ends.
 */
export interface FileLock {
  /**
   * Waits while something is being removed.
   * @returns what lets go; a second call does nothing
   * @throws when removing does not come to its end
   */
  hold(): Promise<() => void>
  /**
   * Runs an act while nobody holds files. Those who come later wait, so that holders who follow each other do not put it off
   * for ever.
   * @returns false, without having run it: files are held for longer than anybody should wait
   */
  whileUnheld(act: () => Promise<void>): Promise<boolean>
}
