package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.http.socket.Sent;
import io.atoll.http.socket.Socket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A socket without a network: the test runs its tasks, moves its clock and reads what was sent. */
final class FakeSocket implements Socket {
  private static final int HIGH_MARK = 64 * 1024;

  private final FakeTime time;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Due> timers = new ArrayList<>();
  private final ArrayDeque<byte[]> sent = new ArrayDeque<>();
  private boolean reading = true;
  private boolean peerReads = true;
  private long pending;
  private int closeCode;

  private record Due(long nanos, Runnable task) {}

  FakeSocket(FakeTime time) {
    this.time = time;
  }

  @Override
  public Sent send(byte[] text) {
    if (closeCode != 0) {
      return Sent.CLOSED;
    }
    sent.add(text);
    pending = peerReads ? 0 : pending + text.length;
    return pending > HIGH_MARK ? Sent.FULL : Sent.FLOWING;
  }

  @Override
  public InetAddress client() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public long pendingBytes() {
    return pending;
  }

  @Override
  public void pause() {
    reading = false;
  }

  @Override
  public void resume() {
    reading = true;
  }

  @Override
  public void close(int code, String reason) {
    closeCode = closeCode == 0 ? code : closeCode;
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Due due = new Due(time.nanoTime() + delay.toNanos(), task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs what waits for the socket's thread. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Moves the clock in small steps and runs what comes due. */
  void advance(Duration by) {
    long end = time.nanoTime() + by.toNanos();
    run();
    for (Optional<Due> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
      time.advanceTo(Math.max(time.nanoTime(), next.get().nanos()));
      timers.remove(next.get());
      next.get().task().run();
      run();
    }
    time.advanceTo(end);
  }

  /** From now on the peer reads nothing. */
  void stopReading() {
    peerReads = false;
  }

  /** The peer has read everything; the session is not told. */
  void readAll() {
    peerReads = true;
    pending = 0;
  }

  boolean isReading() {
    return reading;
  }

  /** The code that the socket was closed with, 0 while it is open. */
  int closeCode() {
    return closeCode;
  }

  /** The frames that were sent since the last call. */
  List<String> frames() {
    List<String> frames = sent.stream().map(frame -> new String(frame, UTF_8)).toList();
    sent.clear();
    return frames;
  }

  private Optional<Due> nextUntil(long end) {
    return timers.stream()
        .filter(due -> due.nanos() <= end)
        .min(Comparator.comparingLong(Due::nanos));
  }
}
