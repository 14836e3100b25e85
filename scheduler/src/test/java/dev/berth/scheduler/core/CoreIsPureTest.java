package dev.berth.scheduler.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.berth.scheduler",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CoreIsPureTest {
  @ArchTest
  static final ArchRule CORE_USES_JAVA_AND_JSPECIFY_ONLY =
      classes()
          .that()
          .resideInAPackage("..core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.scheduler.core..", "dev.berth.collect..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule CORE_HAS_NO_CLOCK_THREAD_OR_IO =
      noClasses()
          .that()
          .resideInAPackage("..core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "java.time..");

  @ArchTest
  static final ArchRule ONLY_MAIN_WIRES_RPC =
      noClasses()
          .that()
          .resideInAnyPackage("..core..", "..store..", "..leadership..", "..wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..rpc..", "..metrics..");
}
