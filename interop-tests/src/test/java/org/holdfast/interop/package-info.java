/**
 * Holdfast beside the real world: nodes in network namespaces, Debian's resource agents, real
 * Corosync. Needs root; runs with {@code -Pinterop} only. The one place where tests wait in real
 * time.
 */
@NullMarked
package org.holdfast.interop;

import org.jspecify.annotations.NullMarked;
