package io.atoll.placement;

/** A cell that is to go from one node to another; nodes are named by host:port. */
record CellMove(String cell, String from, String to) {}
