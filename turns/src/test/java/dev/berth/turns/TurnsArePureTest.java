package dev.berth.turns;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.berth.turns", importOptions = ImportOption.DoNotIncludeTests.class)
class TurnsArePureTest {
  @ArchTest
  static final ArchRule USE_JAVA_AND_JSPECIFY_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.turns..", "dev.berth.collect..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule HAVE_NO_CLOCK_THREAD_OR_IO =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "java.time..");

  @ArchTest
  static final ArchRule QUEUE_AND_SEATS_MEET_OUTSIDE =
      noClasses()
          .that()
          .resideInAPackage("..queue..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..seats..");
}
