package io.atoll.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.scalatest.Args;
import org.scalatest.Reporter;
import org.scalatest.Suite;
import org.scalatest.events.Event;
import org.scalatest.events.SuiteAborted;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestSucceeded;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;

/** Runs a ScalaTest suite and shows each of its tests to JUnit. */
public final class ScalaTestRun {
  private ScalaTestRun() {}

  public static Stream<DynamicTest> of(Suite suite) {
    List<Event> events = new ArrayList<>();
    boolean succeeded = suite.run(Option.empty(), args(events::add)).succeeds();
    List<DynamicTest> tests =
        new ArrayList<>(events.stream().flatMap(ScalaTestRun::shown).toList());
    assertThat(tests).as("the suite's tests").isNotEmpty();
    tests.add(
        DynamicTest.dynamicTest("the suite as a whole", () -> assertThat(succeeded).isTrue()));
    return tests.stream();
  }

  private static Stream<DynamicTest> shown(Event event) {
    return switch (event) {
      case TestSucceeded passed -> Stream.of(DynamicTest.dynamicTest(passed.testName(), () -> {}));
      case TestFailed failed ->
          Stream.of(
              DynamicTest.dynamicTest(
                  failed.testName(), () -> fail(failed.message(), failed.throwable())));
      case SuiteAborted aborted ->
          Stream.of(
              DynamicTest.dynamicTest(
                  aborted.suiteName(), () -> fail(aborted.message(), aborted.throwable())));
      default -> Stream.empty();
    };
  }

  private static void fail(String message, Option<Throwable> cause) {
    throw new AssertionError(message, OptionConverters.toJava(cause).orElse(null));
  }

  private static Args args(Reporter reporter) {
    return new Args(
        reporter,
        Args.$lessinit$greater$default$2(),
        Args.$lessinit$greater$default$3(),
        Args.$lessinit$greater$default$4(),
        Args.$lessinit$greater$default$5(),
        Args.$lessinit$greater$default$6(),
        Args.$lessinit$greater$default$7(),
        Args.$lessinit$greater$default$8(),
        Args.$lessinit$greater$default$9(),
        Args.$lessinit$greater$default$10());
  }
}
