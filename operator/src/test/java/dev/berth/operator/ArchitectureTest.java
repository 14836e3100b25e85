package dev.berth.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.berth.operator");

  @Test
  void planningAndJudgingKnowNoClientNoClockAndNoWire() {
    noClasses()
        .that()
        .resideInAnyPackage("..workload..", "..model..", "..plan..", "..status..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client",
            "io.fabric8.kubernetes.client.dsl..",
            "io.javaoperatorsdk..",
            "io.grpc..",
            "dev.berth.api..",
            "org.slf4j..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .because("they are pure: the same situation gives the same plan and status")
        .check(CLASSES);
  }
}
