package io.atoll.faults.check;

/** An event as it is stored: its number in its stream, and the incarnation that has written it. */
public record JournalRecord(String stream, long sequenceNr, String writer) {}
