/**
 * How Pacemaker reads the values of attributes: integers, scores, booleans, time spans, versions.
 * Tolerant in exactly the places where the real one is.
 */
@NullMarked
package org.holdfast.cib.value;

import org.jspecify.annotations.NullMarked;
