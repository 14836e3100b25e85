package dev.berth.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.berth.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_ARITHMETIC_OF_TIME_AND_MONEY_IS_PURE =
      classes()
          .that()
          .haveSimpleName("UtcDays")
          .or()
          .haveSimpleName("LeaseMeter")
          .or()
          .haveSimpleName("Rating")
          .or()
          .haveSimpleName("MicroUsd")
          .or()
          .haveSimpleName("AuditProblems")
          .or()
          .haveSimpleName("LeaseDays")
          .or()
          .haveSimpleName("RoutingTable")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "java.time..",
              "java.math..",
              "org.jspecify..",
              "dev.berth.hub..");

  @ArchTest
  static final ArchRule METERING_KNOWS_NEITHER_PRICES_NOR_PAGES =
      noClasses()
          .that()
          .resideInAPackage("dev.berth.hub.metering")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.hub.pricing",
              "dev.berth.hub.usage",
              "dev.berth.hub.accounts",
              "dev.berth.hub.gateway");

  @ArchTest
  static final ArchRule PRICING_KNOWS_NO_PAGES =
      noClasses()
          .that()
          .resideInAPackage("dev.berth.hub.pricing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.hub.usage", "dev.berth.hub.accounts", "dev.berth.hub.gateway");

  @ArchTest
  static final ArchRule THE_GATEWAY_IS_A_PROCESS_OF_ITS_OWN =
      noClasses()
          .that()
          .resideInAPackage("dev.berth.hub.gateway")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.hub",
              "dev.berth.hub.metering",
              "dev.berth.hub.pricing",
              "dev.berth.hub.usage",
              "dev.berth.hub.accounts",
              "dev.berth.hub.database");
}
