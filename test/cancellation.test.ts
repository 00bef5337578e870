import { describe, expect, it, vi } from 'vitest'
import { createCancellation } from '../src/cancellation.js'

describe('a cancellation', () => {
  it('tells its listeners once, and none that left', () => {
    const cancellation = createCancellation()
    const [stays, leaves] = [vi.fn(), vi.fn()]
    cancellation.addEventListener('abort', stays)
    cancellation.addEventListener('abort', leaves)
    cancellation.removeEventListener('abort', leaves)
    cancellation.abort('first')
    cancellation.abort('second')
    expect(stays).toHaveBeenCalledOnce()
    expect(leaves).not.toHaveBeenCalled()
    expect(cancellation).toMatchObject({ aborted: true, reason: 'first' })
  })

  it.each(['before', 'after'])('has the signal that an AbortController has, asked for %s the end', (when) => {
    const cancellation = createCancellation()
    const controller = new AbortController()
    if (when === 'before') expect(cancellation.toSignal().aborted).toBe(false)
    cancellation.abort()
    controller.abort()
    const signal = cancellation.toSignal()
    expect(signal.aborted).toBe(true)
    expect(signal.reason).toEqual(controller.signal.reason)
    expect(cancellation.reason).toBe(signal.reason)
    expect(() => signal.throwIfAborted()).toThrow(expect.objectContaining({ name: 'AbortError' }))
  })
})
