/** Work of projects: of each project one after the other. */
export interface EventLines {
  /**
   * @param work is not begun once its line is over; one that runs then sees to it
   * @returns when it is done
   */
  run(project: string, work: (line: EventLine) => Promise<void>): Promise<void>
  /** Ends the line that a project has now. What comes later does not wait for it. */
  end(project: string): void
}

/** The line in which a piece of work stands. */
export interface EventLine {
  readonly isOver: boolean
}

export function createEventLines(): EventLines {
  const lines = new Map<string, { isOver: boolean; last: Promise<void> }>()

  return {
    async run(project, work) {
      const line = lines.get(project) ?? { isOver: false, last: Promise.resolve() }
      lines.set(project, line)
      const turn = async () => {
        if (!line.isOver) await work(line)
      }
      const now = line.last.then(turn, turn)
      line.last = now
      try {
        await now
      } finally {
        if (line.last === now && !line.isOver) lines.delete(project)
      }
    },
    end(project) {
      const line = lines.get(project)
      if (line !== undefined) line.isOver = true
      lines.delete(project)
    },
  }
}
