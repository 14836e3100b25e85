package dev.berth.operator.workload;

/** Which custom resource; {@code uid} tells a resource from its deleted namesake. */
public record Identity(WorkloadKind kind, String namespace, String name, String uid) {
  private static final int UID_CHARS = 8;

  /** First characters of the UID, as placement ids carry them. */
  public String shortUid() {
    return uid.substring(0, Math.min(UID_CHARS, uid.length()));
  }

  /** Key of everything that the scheduler holds for this resource. */
  public OwnerKey key() {
    return new OwnerKey(kind, namespace, name, shortUid());
  }

  /** First label of the public host name. */
  public String host() {
    return namespace + "-" + name;
  }

  /** For people: "Space acme/demo". */
  public String display() {
    return kind.kind() + " " + namespace + "/" + name;
  }
}
