import { createServer } from 'node:net'

/** Below the ports that the system gives to connections: one of those may be gone when its program begins to listen. */
const FIRST = 15_000
const COUNT = 15_000

/** A port that was free a moment ago: for programs that cannot take one themselves. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
