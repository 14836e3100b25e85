package dev.berth.operator.workload;

import dev.berth.crds.Product;

/** The two kinds of custom resource that run as pods. */
public enum WorkloadKind {
  SPACE("space", "Space", Product.Spaces),
  ENDPOINT("endpoint", "Endpoint", Product.Endpoints);

  private final String token;
  private final String kind;
  private final Product product;

  WorkloadKind(String token, String kind, Product product) {
    this.token = token;
    this.kind = kind;
    this.product = product;
  }

  static WorkloadKind of(String token) {
    return token.equals(SPACE.token) ? SPACE : ENDPOINT;
  }

  /** Lower-case word in placement ids and labels. */
  public String token() {
    return token;
  }

  /** Kubernetes kind. */
  public String kind() {
    return kind;
  }

  public Product product() {
    return product;
  }
}
