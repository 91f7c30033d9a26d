package io.atoll.bench;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes its part of the calls, all on one event loop: those that are due by its arrivals or,
 * without arrivals, those of callers who call again when they have their answer.
 */
final class Worker implements Link.Owner {
  private static final long RECONNECT_MS = 500;
  private static final int LARGEST_BACKLOG = 1_000_000;
  private static final Outcome NOT_SENT = new Outcome.Failed("NOT_SENT");
  private static final Outcome TIMEOUT = new Outcome.Failed("TIMEOUT");

  private final BenchSettings settings;
  private final EventLoop loop;
  private final Workload workload;
  private final @Nullable Arrivals arrivals;
  private final Recording recording;
  private final Consumer<Link> connector;
  private final Ramp ramp;
  private final Pacer pacer;
  private final CompletableFuture<Tallies> finished = new CompletableFuture<>();
  private List<Link> links = List.of();
  private long origin;
  private long end;
  private boolean started;
  private boolean over;
  private int waiting;
  private int turn;

  /** The connector makes a link's connection, on this worker's loop. */
  Worker(
      BenchSettings settings,
      EventLoop loop,
      Workload workload,
      @Nullable Arrivals arrivals,
      Recording recording,
      Consumer<Link> connector) {
    this.settings = settings;
    this.loop = loop;
    this.workload = workload;
    this.arrivals = arrivals;
    this.recording = recording;
    this.connector = connector;
    this.ramp = settings.ramp();
    this.end = settings.times().whole().toNanos();
    this.pacer = new Pacer(loop, this::tick);
  }

  EventLoop loop() {
    return loop;
  }

  /** Sets the links of this worker, ordered by number; before it begins. */
  void links(List<Link> own) {
    links = List.copyOf(own);
  }

  /** Begins at this time of {@link System#nanoTime}; completes when all is answered or given up. */
  CompletableFuture<Tallies> begin(long nanoTime) {
    loop.execute(() -> {
      origin = nanoTime;
      started = true;
      pacer.start();
    });
    return finished;
  }

  /** Makes no more calls. */
  void stop() {
    loop.execute(() -> {
      end = Math.min(end, now());
      recording.endAt(end);
    });
  }

  @Override
  public void answered(Call call, Outcome outcome) {
    recording.add(call, outcome, now());
  }

  @Override
  public void refill(Link link) {
    long now = now();
    if (!started || over || arrivals != null || now >= end) {
      return;
    }
    int callers = Callers.on(link.number(), settings.load().connections(), (int) ramp.levelAt(now));
    while (link.hasRoom() && link.callsUnderWay() < callers) {
      link.offer(workload.next(Arrivals.NOBODY, now));
    }
  }

  @Override
  public void lost(Link link) {
    if (started && !over) {
      loop.schedule(() -> reconnect(link), RECONNECT_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void reconnect(Link link) {
    if (!over && now() < end) {
      connector.accept(link);
    }
  }

  private void tick() {
    if (over) {
      return;
    }
    long now = now();
    if (now >= 0 && now < end) {
      recording.roll(now);
      call(now);
    } else if (now >= end) {
      wind(now);
    }
    links.forEach(Link::flush);
  }

  private void call(long now) {
    if (arrivals == null) {
      links.forEach(this::refill);
      pacer.wakeAt(Long.MAX_VALUE);
      return;
    }
    waiting = links.stream().mapToInt(Link::waiting).sum();
    long due = arrivals.nextDue(now);
    while (due <= now) {
      int user = arrivals.take();
      offer(workload.next(user, due), user, now);
      due = arrivals.nextDue(now);
    }
    pacer.wakeAt(due == Arrivals.NEVER ? Long.MAX_VALUE : origin + due);
  }

  private void offer(Call call, int user, long now) {
    Link link = user == Arrivals.NOBODY ? next() : of(user);
    if (link.hasRoom()) {
      link.offer(call);
    } else if (waiting < LARGEST_BACKLOG) {
      waiting++;
      link.offer(call);
    } else {
      recording.add(call, NOT_SENT, now);
    }
  }

  private Link next() {
    turn = (turn + 1) % links.size();
    return links.get(turn);
  }

  private Link of(int user) {
    return links.get(user % settings.load().connections() / settings.load().threads());
  }

  /** Waits for the last answers. */
  private void wind(long now) {
    for (Link link : links) {
      for (Call call = link.forget(); call != null; call = link.forget()) {
        recording.add(call, NOT_SENT, now);
      }
    }
    boolean late = now - end >= settings.times().timeout().toNanos();
    if (late) {
      links.forEach(link -> link.giveUp(TIMEOUT));
    }
    if (links.stream().allMatch(link -> link.callsUnderWay() == 0)) {
      finish();
    }
  }

  private void finish() {
    over = true;
    pacer.stop();
    recording.roll(end);
    links.forEach(Link::close);
    finished.complete(recording.tallies());
  }

  private long now() {
    return System.nanoTime() - origin;
  }
}
