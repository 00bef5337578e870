import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { toAnswer } from './answer.js'
import type { RecordedRequest, ScriptedReply } from './scripted-reply.js'
import { type StreamEvent, streamEvents } from './stream-events.js'

/** How a stream ends: as it should, torn, with silence on an open connection, or with what is no JSON. */
export type StreamEnd = 'whole' | 'cut' | 'stall' | 'broken'

/** Streams an answer; one that does not end as it should breaks off after its first half. */
export async function sendStream(
  response: ServerResponse,
  request: RecordedRequest,
  reply: Extract<ScriptedReply, { kind: 'answer' | 'refusal' | 'truncated' }>,
  id: string,
  end: StreamEnd,
): Promise<void> {
  const events = streamEvents(request, toAnswer(reply, request), id)
  const sent = end === 'whole' ? events : events.slice(0, Math.ceil(events.length / 2))
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  for (const event of sent) response.write(written(event))
  if (end === 'whole') response.end()
  else if (end === 'broken') response.end('data: {"id": "broken\n\n')
  else if (end === 'cut') response.write('\n', () => response.destroy())
  else await once(response, 'close')
}

function written({ name, data }: StreamEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`
}
