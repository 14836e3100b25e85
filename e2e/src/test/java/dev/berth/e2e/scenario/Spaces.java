package dev.berth.e2e.scenario;

/** Space manifests. */
final class Spaces {
  private Spaces() {}

  static String space(String name, String flavor, String more) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: Space
        metadata: {name: %s, namespace: e2e}
        spec:
          image: berth.dev/demo-app:1
          healthPath: /healthz
          flavor: %s
        """
            .formatted(name, flavor)
        + more.indent(2);
  }

  static String space(String name, String flavor) {
    return space(name, flavor, "");
  }

  static String withImage(String name, String flavor, String image) {
    return space(name, flavor).replace("berth.dev/demo-app:1", image);
  }

  /** An unmodified gradio app whose functions take turns. */
  static String gradio(String name) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: Space
        metadata: {name: %s, namespace: e2e}
        spec:
          image: berth.dev/zerogpu-demo:1
          flavor: zero-gpu
          port: 7860
        """
        .formatted(name);
  }

  static String endpoint(String name, String flavor) {
    return space(name, flavor).replace("kind: Space", "kind: Endpoint");
  }
}
