// Where dots go that would lie upon each other.

/**
 * How far each of some places along a line is moved aside so that dots of this size show one by one: alternately up and
 * down, as far as `room` allows. The order of places does not matter; the same places give the same picture.
 */
export function swarm(places: readonly number[], size: number, room: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number) || a - b);
  const lanes = Math.max(1, Math.floor((2 * room) / size) + 1);
  const laneOffset = (lane: number) => (lane % 2 === 0 ? lane / 2 : -(lane + 1) / 2) * size;
  const ends = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY);
  const offsets = new Array<number>(places.length).fill(0);
  for (const i of order) {
    const place = places[i] as number;
    let lane = ends.findIndex((end) => end <= place - size);
    // No lane is free: the one that has been free for longest.
    if (lane < 0) lane = ends.indexOf(Math.min(...ends));
    ends[lane] = place;
    offsets[i] = Math.max(-room, Math.min(room, laneOffset(lane)));
  }
  return offsets;
}
