package io.atoll;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The arrows between the modules. Think hard about the layering before you change this file. */
class ArchitectureTest {
  private static final String[] TENANT_ACTORS =
      packages(
          "tenant",
          "quota",
          "plan",
          "access",
          "usage",
          "ledger",
          "refusal",
          "time",
          "map",
          "topic",
          "formation");
  private static final String[] PERSISTENCE =
      packages("store", "journal", "cassandra", "directory", "archive");
  private static final String[] HTTP_API = packages("http");
  private static final String[] RUNTIME =
      packages(
          "node",
          "placement",
          "cluster",
          "reload",
          "cli",
          "metrics",
          "bench",
          "devcluster",
          "client",
          "terminal",
          "upgrade");
  private static final String[] RULES =
      packages("quota", "plan", "access", "usage", "refusal", "time");

  private static final JavaClasses ATOLL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.atoll");

  @Test
  void theDomainKnowsNoOtherModule() {
    neverUses(TENANT_ACTORS, PERSISTENCE);
    neverUses(TENANT_ACTORS, HTTP_API);
    neverUses(TENANT_ACTORS, RUNTIME);
  }

  @Test
  void persistenceKnowsTheDomainOnly() {
    neverUses(PERSISTENCE, HTTP_API);
    neverUses(PERSISTENCE, RUNTIME);
  }

  @Test
  void theEdgeKnowsTheDomainOnly() {
    neverUses(HTTP_API, PERSISTENCE);
    neverUses(HTTP_API, RUNTIME);
  }

  @Test
  void rulesArePlainJava() {
    neverUses(RULES, "org.apache.pekko..");
  }

  private static void neverUses(String[] from, String... to) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(from)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(to);
    rule.allowEmptyShould(true).check(ATOLL);
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "io.atoll." + name + "..").toArray(String[]::new);
  }
}
