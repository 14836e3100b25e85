@NullMarked
package dev.berth.e2e.chart;

import org.jspecify.annotations.NullMarked;
