package io.atoll.bench;

/**
 * One operation to make.
 *
 * @param due when it should begin, nanoseconds since the load began: its latency counts from then
 */
record Call(Kind kind, int tenant, int plan, int map, int key, int value, long due) {}
