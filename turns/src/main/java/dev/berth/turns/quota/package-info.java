/**
 * Who may use how much: windows, allowances that nodes hold, and prepaid credits beyond the base.
 */
@NullMarked
package dev.berth.turns.quota;

import org.jspecify.annotations.NullMarked;
