import { spawn } from 'node:child_process'
import { PrelabelError } from '../../errors.js'
import { firstLine } from '../first-line.js'
import { videoTooLarge } from './video-limits.js'
import { DEFAULT_TIMEOUT, type VideoOptions } from './video-options.js'

/** A program that reads a video. */
export interface Run extends Pick<VideoOptions, 'timeout' | 'signal'> {
  readonly program: string
  readonly args: readonly string[]
  /** The file it reads, which its messages shall not tell. */
  readonly path: string
}

const KEPT_MESSAGES = 4000

/** What ffmpeg says of files that are outside its `-format_whitelist`. */
const OTHER_CONTAINER = /Format not on whitelist/

const CONTAINERS = 'MP4, MOV, WebM, Matroska, AVI, MPEG, Ogg, FLV, WMV'

/**
 * What a program writes, as it comes: what is not asked for is not read, and the program waits. It is killed when
 * the caller stops asking, when `signal` fires, and when it is silent for too long while it is waited for. No shell
 * takes part.
 *
 * @throws PrelabelError `ffmpeg-missing`, `ffmpeg-killed`, `video-timeout`, `video-too-large`, `video-undecodable` with what the
 * program says
 */
export async function* runProgram({ program, args, path, timeout = DEFAULT_TIMEOUT, signal }: Run) {
  signal?.throwIfAborted()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  let failure: unknown
  let messages = ''
  const stop = (reason: unknown) => {
    failure ??= reason
    child.kill('SIGKILL')
  }
  const abort = () => stop(signal?.reason)
  const beginTimer = () => setTimeout(() => stop(tooSlow(program, timeout)), timeout)
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  child.once('error', (cause) => stop(cannotStart(program, cause)))
  child.stderr.on('data', (chunk: Buffer) => {
    if (messages.length < KEPT_MESSAGES) messages += chunk
  })
  signal?.addEventListener('abort', abort, { once: true })
  let timer = beginTimer()
  try {
    const output: AsyncIterable<Buffer> = child.stdout
    for await (const chunk of output) {
      clearTimeout(timer)
      yield chunk
      timer = beginTimer()
    }
    const { code, signal: killer } = await ended
    if (killer !== null) failure ??= killed(program, killer)
    else if (code !== 0) failure ??= refusal(messages, path)
  } catch (error) {
    failure ??= error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    child.kill('SIGKILL')
    await ended
  }
  if (failure !== undefined) throw failure
}

/** Why a program ended without success. */
function refusal(messages: string, path: string): PrelabelError {
  const [, width, height] = /Picture size (\d+)x(\d+) exceeds specified max pixel count/.exec(messages) ?? []
  if (width !== undefined && height !== undefined) return videoTooLarge(Number(width), Number(height))
  if (OTHER_CONTAINER.test(messages))
    return new PrelabelError(
      `The video cannot be read: it is in none of the containers that are read (${CONTAINERS})`,
      {
        code: 'video-undecodable',
        hint: 'Whatever the file is called, it holds something else: a picture, a playlist, a text. Give a video, or export it anew.',
      },
    )
  const reason = firstMessage(messages, path)
  return new PrelabelError(`The video cannot be read${reason === '' ? '' : `: ${reason}`}`, {
    code: 'video-undecodable',
    hint: `The file is damaged, cut short, or of a format that is not read: ${CONTAINERS} are.`,
  })
}

/** The first line, which is nearest to the cause, without the path of the file and the addresses of the program's parts. */
function firstMessage(messages: string, path: string): string {
  return firstLine(messages)
    .replaceAll(`file:${path}`, '')
    .replaceAll(path, '')
    .replace(/^\[[^\]]*\] */, '')
    .replace(/^[:\s]+/, '')
}

function cannotStart(program: string, cause: Error): PrelabelError {
  const missing = 'code' in cause && cause.code === 'ENOENT'
  return new PrelabelError(
    `Videos are read with ${program}, which ${missing ? 'was not found' : 'cannot be started'}`,
    {
      code: 'ffmpeg-missing',
      hint: 'Install ffmpeg (`apt-get install ffmpeg`, `brew install ffmpeg`), or say where it is with `video.ffmpeg` and `video.ffprobe`.',
      cause,
    },
  )
}

function killed(program: string, signal: string): PrelabelError {
  return new PrelabelError(`${program} was ended by ${signal} while it read the video`, {
    code: 'ffmpeg-killed',
    hint: 'The system ends programs when memory is short; the task will be asked for again.',
  })
}

function tooSlow(program: string, timeout: number): PrelabelError {
  return new PrelabelError(`${program} gave nothing for ${timeout} ms`, {
    code: 'video-timeout',
    hint: 'Raise `video.timeout`, or look at what else the machine does.',
  })
}
