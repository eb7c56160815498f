/**
 * {@code crm_mon}: the cluster's state as text, from the running cluster or from a CIB in a file.
 */
@NullMarked
package org.holdfast.tools.mon;

import org.jspecify.annotations.NullMarked;
