package io.atoll.placement;

/**
 * A cell that has moved from one node to another; the names of its parts are those on the wire.
 *
 * @param pauseMs how long requests for it were held
 * @param at when they went on, epoch milliseconds
 */
record MovedCell(String cell, String from, String to, long pauseMs, long at) {}
