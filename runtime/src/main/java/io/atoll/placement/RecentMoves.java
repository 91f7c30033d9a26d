package io.atoll.placement;

import java.util.List;
import java.util.stream.Stream;

/** The last moves of cells, the newest first. Not thread-safe. */
final class RecentMoves {
  static final int MOST = 32;

  private List<MovedCell> moves = List.of();

  /** What a coordinator before this one has told counts while this one has moved nothing. */
  void resume(List<MovedCell> told) {
    if (moves.isEmpty()) {
      moves = told;
    }
  }

  void add(MovedCell moved) {
    moves = Stream.concat(Stream.of(moved), moves.stream()).limit(MOST).toList();
  }

  List<MovedCell> now() {
    return moves;
  }
}
