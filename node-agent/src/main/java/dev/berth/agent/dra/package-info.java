/** The DRA kubelet plugin: registration, prepare, unprepare, health, CDI files. */
@NullMarked
package dev.berth.agent.dra;

import org.jspecify.annotations.NullMarked;
