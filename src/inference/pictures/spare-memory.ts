/** Memory of tensors that were run, for the next ones: new memory has to be cleared first and collected later. */
export interface SpareMemory {
  take(bytes: number): ArrayBuffer
  /** What has not the size that was asked for last is let go. */
  give(memory: readonly ArrayBuffer[]): void
}

/** One tensor is in the model, and one waits for it. */
const MOST = 2

export function createSpareMemory(): SpareMemory {
  let size = 0
  let spare: ArrayBuffer[] = []
  return {
    take: (bytes) => {
      if (bytes !== size) spare = []
      size = bytes
      return spare.pop() ?? new ArrayBuffer(bytes)
    },
    give: (memory) => {
      spare = [...spare, ...memory.filter(({ byteLength }) => byteLength === size)].slice(0, MOST)
    },
  }
}
