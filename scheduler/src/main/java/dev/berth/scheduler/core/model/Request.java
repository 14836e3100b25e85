package dev.berth.scheduler.core.model;

import java.util.List;

/** One placement to decide: one member, or a gang that is placed all or nothing. */
public record Request(
    String id,
    List<Shape> members,
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    Policy policy) {
  public Request {
    members = List.copyOf(members);
  }

  public Request(
      String id,
      List<Shape> members,
      String account,
      String owner,
      String flavor,
      String catalogVersion) {
    this(id, members, account, owner, flavor, catalogVersion, Policy.DEFAULT);
  }

  /** The quota queue that it counts against: the one it names, else its account. */
  public String queue() {
    return policy.queue().isEmpty() ? account : policy.queue();
  }

  /** How many ways there are to serve it: as asked, and its fallbacks. */
  public int choices() {
    return 1 + policy.fallbacks().size();
  }

  /** The request as served by a choice: 0 = as asked, n = by its n-th fallback. */
  public Request chosen(int choice) {
    if (choice == 0) {
      return this;
    }
    Policy.Alternative other = policy.fallbacks().get(choice - 1);
    return new Request(
        id, other.members(), account, owner, other.flavor(), other.catalogVersion(), policy);
  }

  /** The same request for other members. */
  public Request withMembers(List<Shape> others) {
    return new Request(id, others, account, owner, flavor, catalogVersion, policy);
  }

  public Request withId(String other) {
    return new Request(other, members, account, owner, flavor, catalogVersion, policy);
  }

  public Request withPolicy(Policy other) {
    return new Request(id, members, account, owner, flavor, catalogVersion, other);
  }

  public String leaseId(int member) {
    return id + "#" + member;
  }

  /** The placement that a lease belongs to; the lease id itself when it has no member number. */
  public static String placementOf(String leaseId) {
    int hash = leaseId.lastIndexOf('#');
    return hash < 0 ? leaseId : leaseId.substring(0, hash);
  }
}
