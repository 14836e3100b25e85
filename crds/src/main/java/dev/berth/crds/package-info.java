/**
 * The custom resources of Berth, group {@code berth.dev}: what people and GitOps write. The CRD
 * YAML of the chart is generated from these types.
 */
@NullMarked
package dev.berth.crds;

import org.jspecify.annotations.NullMarked;
