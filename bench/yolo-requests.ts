import { yolo } from '../src/adapters/yolo/index.js'
import { createBackend } from '../src/backend/index.js'

const XML = `<View><Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image"><Label value="person"/><Label value="car"/></RectangleLabels></View>`
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A backend that is asked for one picture at a time; its cache of predictions is off. */
export function askBackend(model: string, threads: number, bytes: Uint8Array) {
  const backend = createBackend({
    config: XML,
    adapters: [yolo({ model, threads })],
    logger: silent,
    limits: { cacheSize: 0 },
  })
  const image = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`
  let id = 0
  return {
    async ask(): Promise<void> {
      const tasks = [{ id: ++id, data: { image, id } }]
      const body = JSON.stringify({ tasks, label_config: XML })
      const headers = { 'content-type': 'application/json' }
      const response = await backend.fetch(new Request('http://localhost/predict', { method: 'POST', body, headers }))
      if (!response.ok) throw new Error(`the backend answered ${response.status}: ${await response.text()}`)
      await response.json()
    },
    dispose: () => backend.dispose(),
  }
}
