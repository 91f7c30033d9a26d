package io.atoll.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An XFS in a file, mounted for a test. It can lose its power. No other file system will do: when
 * ext4 is shut down, an fsync that is under way may report success for a transaction that is lost.
 */
final class LoopMount implements AutoCloseable {
  private static final long SIZE = 400L * 1024 * 1024;

  /** The ioctl by which XFS forgets all that is not on the disk, and how: at once. */
  private static final long GOING_DOWN = 0x8004587DL;

  private static final int WITHOUT_FLUSHING_THE_LOG = 2;

  private final Path image;
  private final Path folder;

  private LoopMount(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /** Whether this can be had here: it takes root, loop devices and mkfs.xfs. */
  static boolean isPossible(Path parent) throws IOException {
    LoopMount trial = new LoopMount(parent.resolve("trial"), parent.resolve("trial-mounted"));
    boolean possible = trial.make() && trial.mount();
    return possible && succeeds("umount", trial.folder.toString());
  }

  static LoopMount create(Path parent) throws IOException {
    LoopMount disk = new LoopMount(parent.resolve("image"), parent.resolve("mounted"));
    assertThat(disk.make() && disk.mount()).as("a file system is mounted").isTrue();
    return disk;
  }

  Path folder() {
    return folder;
  }

  /** What is not on the disk now is lost, and nothing more gets there. */
  void losePower() {
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) OPEN.invokeExact(arena.allocateFrom(folder.toString()), 0);
      MemorySegment how = arena.allocateFrom(JAVA_INT, WITHOUT_FLUSHING_THE_LOG);
      int result = (int) IOCTL.invokeExact(file, GOING_DOWN, how);
      assertThat(result).as("the shutdown").isZero();
      assertThat((int) CLOSE.invokeExact(file)).isZero();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The power is back: what the disk holds is mounted. */
  void restorePower() {
    assertThat(succeeds("umount", folder.toString()) && mount()).as("mounted again").isTrue();
  }

  @Override
  public void close() {
    assertThat(succeeds("umount", folder.toString())).as("unmounted").isTrue();
  }

  private boolean make() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    Files.createDirectories(folder);
    return succeeds("mkfs.xfs", "-q", image.toString());
  }

  private boolean mount() {
    return succeeds("mount", "-o", "loop", image.toString(), folder.toString());
  }

  private static boolean succeeds(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s", List.of(command)).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      function("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] options = name.equals("close") ? new Linker.Option[0] : variadic(shape);
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape, options);
  }

  private static Linker.Option[] variadic(FunctionDescriptor shape) {
    return new Linker.Option[] {
      Linker.Option.firstVariadicArg(Math.min(2, shape.argumentLayouts().size()))
    };
  }
}
