/** Part `index` of `count`, counted from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** True where the student at this position of the list belongs to the part. */
export function isInShard(position: number, shard: Shard | undefined): boolean {
  return shard === undefined || position % shard.count === shard.index - 1;
}
