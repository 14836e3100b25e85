package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** What makes a request contradict itself, whatever the fleet. */
final class RequestRules {
  static final int MAX_MEMBERS = 512;
  static final int MAX_GPUS = 16;
  private static final int MAX_ID = 253;

  private RequestRules() {}

  /** One sentence naming the thing, the value and the expected; null when all is well. */
  static @Nullable String broken(Request request) {
    if (!validId(request.id())) {
      return "Placement id '%s' must be 1 to 253 of A-Z a-z 0-9 . _ / -; choose another id."
          .formatted(request.id());
    }
    int members = request.members().size();
    if (members < 1 || members > MAX_MEMBERS) {
      return "A request has 1 to %d members, this one has %d; split or fill it."
          .formatted(MAX_MEMBERS, members);
    }
    for (int i = 0; i < members; i++) {
      String broken = broken(request.members().get(i));
      if (broken != null) {
        return "Member " + i + ": " + broken;
      }
    }
    return brokenPolicy(request);
  }

  private static boolean validId(String id) {
    boolean valid = !id.isEmpty() && id.length() <= MAX_ID;
    for (int i = 0; i < id.length() && valid; i++) {
      char c = id.charAt(i);
      valid =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '/'
              || c == '-';
    }
    return valid;
  }

  private static @Nullable String brokenPolicy(Request request) {
    if (request.policy().regions().contains("")) {
      return "a region is empty; name one, or give no region to allow all.";
    }
    for (Policy.Alternative other : request.policy().fallbacks()) {
      if (other.members().size() != request.members().size()) {
        return "Fallback %s has %d members, expected %d as the request has."
            .formatted(other.flavor(), other.members().size(), request.members().size());
      }
      for (Shape shape : other.members()) {
        String broken = broken(shape);
        if (broken != null) {
          return "Fallback " + other.flavor() + ": " + broken;
        }
      }
    }
    return null;
  }

  private static @Nullable String broken(Shape shape) {
    if (shape.cpuMilli() < 0 || shape.memoryMib() < 0) {
      return "cpu_milli %d and memory_mib %d must be 0 or more."
          .formatted(shape.cpuMilli(), shape.memoryMib());
    }
    return switch (shape.accelerator()) {
      case Accelerator.None none -> null;
      case Accelerator.Seat seat -> null;
      case Accelerator.WholeGpus gpus -> gpus(gpus);
      case Accelerator.MigSlice mig ->
          mig.model().isEmpty() || mig.profile().isEmpty()
              ? "a MIG slice needs a model and a profile, got '%s' and '%s'."
                  .formatted(mig.model(), mig.profile())
              : null;
      case Accelerator.GpuShare share -> share(share);
      case Accelerator.TpuSlice slice -> slice(slice);
    };
  }

  private static @Nullable String gpus(Accelerator.WholeGpus gpus) {
    if (gpus.count() < 1 || gpus.count() > MAX_GPUS) {
      return "count of %s is %d, expected 1 to %d on one node; use a gang for more."
          .formatted(gpus.models(), gpus.count(), MAX_GPUS);
    }
    return unnamed(gpus.models());
  }

  private static @Nullable String share(Accelerator.GpuShare share) {
    if (share.milli() < 1 || share.milli() > 1000 || share.memoryMib() < 0) {
      return "a share is 1 to 1000 milli and memory of 0 MiB or more, got %d milli and %d MiB."
          .formatted(share.milli(), share.memoryMib());
    }
    return unnamed(share.models());
  }

  private static @Nullable String unnamed(Models models) {
    return models.names().contains("") ? "a GPU model is empty; name one, as in T4-16." : null;
  }

  private static @Nullable String slice(Accelerator.TpuSlice slice) {
    if (slice.x() < 1 || slice.y() < 1 || slice.z() < 1) {
      return "a TPU slice has 1 chip or more along each axis, got %dx%dx%d."
          .formatted(slice.x(), slice.y(), slice.z());
    }
    if ((long) slice.x() * slice.y() * slice.z() > 100_000) {
      return "a TPU slice of %dx%dx%d is larger than any pod."
          .formatted(slice.x(), slice.y(), slice.z());
    }
    return TpuTopology.legal(slice.generation(), slice.x(), slice.y(), slice.z())
        ? null
        : "%dx%dx%d is no slice of TPU %s; use a topology of the catalog, as in 2x2 or 2x4."
            .formatted(slice.x(), slice.y(), slice.z(), slice.generation());
  }
}
