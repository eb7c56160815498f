/**
 * The CIB's replication: every change is a message in the {@code cib} group's total order, applied
 * on each node by the same pure function. When members come or go, they compare their copies and
 * take over the best one before they go on.
 */
@NullMarked
package org.holdfast.manager.cibsync;

import org.jspecify.annotations.NullMarked;
