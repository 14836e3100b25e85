package dev.berth.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CRD YAML of every custom resource, generated in memory, by file name. */
final class GeneratedCrds {
  /** Lists that two writers may own parts of, and the key of their items. */
  private static final Map<String, String> MAP_LISTS =
      Map.of("conditions", "type", "secrets", "name", "placements", "id");

  private static final List<Class<? extends HasMetadata>> TYPES =
      List.of(Space.class, Endpoint.class, Flavor.class);

  private GeneratedCrds() {}

  static Map<String, String> yaml() {
    Memory memory = new Memory();
    new CRDGenerator()
        .customResourceClasses(TYPES)
        .forCRDVersions("v1")
        .withOutput(memory)
        .generate();
    Map<String, String> files = new TreeMap<>();
    memory.written.forEach((name, text) -> files.put(fileName(name), finished(text.toString())));
    return files;
  }

  private static String fileName(String crdName) {
    return crdName.replaceFirst("\\.berth\\.dev-v1$", ".yaml");
  }

  private static String finished(String yaml) {
    CustomResourceDefinition crd = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    crd.getMetadata().setAnnotations(Map.of());
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      tidy("", version.getSchema().getOpenAPIV3Schema());
      version.getSchema().getOpenAPIV3Schema().setRequired(List.of("spec"));
      List<String> order = columns(crd.getSpec().getNames().getKind());
      version
          .getAdditionalPrinterColumns()
          .sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));
    }
    return "# Generated from the types in crds/; do not edit. Rewrite: ./mvnw -pl crds test -Dberth.update=true\n"
        + Serialization.asYaml(crd);
  }

  /** The generator sorts columns by name; people read them in the order of the annotations. */
  private static List<String> columns(String kind) {
    return TYPES.stream()
        .filter(type -> type.getSimpleName().equals(kind))
        .flatMap(type -> Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class)))
        .map(AdditionalPrinterColumn::name)
        .toList();
  }

  private static void tidy(String name, JSONSchemaProps schema) {
    // Annotations of a record component are found on its field and on its accessor.
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          schema.getXKubernetesValidations().stream().distinct().toList());
    }
    @Nullable String key = MAP_LISTS.get(name);
    if (key != null && "array".equals(schema.getType())) {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(List.of(key));
      JSONSchemaProps item = schema.getItems().getSchema();
      if (!item.getRequired().contains(key)) {
        item.setRequired(List.of(key));
      }
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach(GeneratedCrds::tidy);
    }
  }

  private static final class Memory extends CRDGenerator.AbstractCRDOutput<OutputStream> {
    final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

    @Override
    protected OutputStream createStreamFor(String crdName) {
      return written.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:///" + crdName);
    }

    @Override
    public void close() throws IOException {
      written.values().forEach(stream -> stream.toString(StandardCharsets.UTF_8));
    }
  }
}
