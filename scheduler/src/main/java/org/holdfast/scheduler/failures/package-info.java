/** Fail counts: how often a resource failed on a node, and whether that has expired. */
@NullMarked
package org.holdfast.scheduler.failures;

import org.jspecify.annotations.NullMarked;
