import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Taken } from './turns.js'

/** Ultralytics' predict in a process of its own, with the file in memory. */
export interface Ultralytics {
  predict(count: number): Promise<Taken>
  end(): Promise<void>
}

/** @param python one that has ultralytics and onnxruntime */
export async function startUltralytics(
  python: string,
  model: string,
  threads: number,
  picture: string,
): Promise<Ultralytics> {
  const script = `${import.meta.dirname}/yolo_predict.py`
  const child = spawn(python, [script, model, String(threads), picture], { stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`Ultralytics ended; does it load ${model}?`)
    return String(value)
  }
  while ((await answer()) !== 'ready');
  return {
    async predict(count) {
      child.stdin.write(`${count}\n`)
      const [clock = 0, processor = 0] = (await answer()).split(' ').map(Number)
      return { clock, processor }
    },
    async end() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
