/** The Kubernetes objects of a workload, built from plain data. */
@NullMarked
package dev.berth.operator.model;

import org.jspecify.annotations.NullMarked;
