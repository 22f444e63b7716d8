// Spreads dots that would otherwise overlap.

/**
 * How far each dot is moved to the side so that all of them can be seen: alternately up and down, within `room`. The result
 * does not depend on the order of the dots.
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
    // No lane is free: take the one that was used the longest ago.
    if (lane < 0) lane = ends.indexOf(Math.min(...ends));
    ends[lane] = place;
    offsets[i] = Math.max(-room, Math.min(room, laneOffset(lane)));
  }
  return offsets;
}
