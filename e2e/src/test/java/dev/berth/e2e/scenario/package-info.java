/** What people do with a fleet and what goes wrong, on a real cluster; each ends with the audit. */
@NullMarked
package dev.berth.e2e.scenario;

import org.jspecify.annotations.NullMarked;
