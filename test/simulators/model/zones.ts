/** A calendar day and hour of a zone. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly hour: number;
}

const HOUR_MS = 3_600_000;

/** Offset of a zone by hour of the epoch: asked of the zone database once an hour, not once a click. */
export function createZone(name: string) {
  const offsets = new Map<number, number>();
  const days = new Map<number, string>();
  const offsetAt = (at: number): number => {
    const hour = Math.floor(at / HOUR_MS);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(hour * HOUR_MS).toZonedDateTimeISO(name);
      offset = zoned.offsetNanoseconds / 1e6;
      offsets.set(hour, offset);
    }
    return offset;
  };
  return {
    name,
    local(at: number): LocalTime {
      const shifted = at + offsetAt(at);
      const number = Math.floor(shifted / 86_400_000);
      let day = days.get(number);
      if (day === undefined) {
        day = new Date(number * 86_400_000).toISOString().slice(0, 10);
        days.set(number, day);
      }
      return { day, hour: Math.floor((shifted - number * 86_400_000) / HOUR_MS) };
    },
    /** `YYYY-MM-DD HH:MM:SS` on the clocks of the zone. */
    text(at: number): string {
      return new Date(at + offsetAt(at)).toISOString().slice(0, 19).replace('T', ' ');
    },
    /** Epoch ms of a wall time of the zone. */
    instant(wall: string): number {
      return Temporal.PlainDateTime.from(wall.replace(' ', 'T')).toZonedDateTime(name)
        .epochMilliseconds;
    },
  };
}
export type Zone = ReturnType<typeof createZone>;

export function isZoneName(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
