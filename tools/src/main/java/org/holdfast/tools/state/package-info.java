/**
 * {@code holdfast-state}: the cluster's state in lines that a program can read, for the demo's view
 * and for scripts.
 */
@NullMarked
package org.holdfast.tools.state;

import org.jspecify.annotations.NullMarked;
