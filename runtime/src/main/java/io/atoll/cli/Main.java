package io.atoll.cli;

import io.atoll.bench.BenchCommand;
import io.atoll.store.StoreRefusedException;
import io.atoll.upgrade.UpgradeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line of Atoll. Exit codes: 0 done, 1 failed, 2 wrong flag, variable, key or file. */
@Command(
    name = "atoll",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    subcommands = {
      ServeCommand.class,
      DevClusterCommand.class,
      UpgradeCommand.class,
      BenchCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "A multi-tenant data runtime.")
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setParameterExceptionHandler((wrong, all) -> wrongUse(wrong))
            .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line))
            .execute(arguments));
  }

  private static int wrongUse(ParameterException wrong) {
    say(wrong.getCommandLine().getErr(), wrong);
    return WRONG_USE;
  }

  private static int failed(Exception failure, CommandLine line) {
    if (failure instanceof ConfigurationException || failure instanceof StoreRefusedException) {
      say(line.getErr(), failure);
      return WRONG_USE;
    }
    say(line.getErr(), failure);
    return FAILED;
  }

  private static void say(PrintWriter errors, Exception problem) {
    String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    errors.println("atoll: " + message.replaceAll("\\p{Cntrl}+", " "));
    errors.flush();
  }
}
