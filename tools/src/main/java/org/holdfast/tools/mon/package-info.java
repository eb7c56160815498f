/** The command {@code crm_mon}: the cluster's state in sections, as text, HTML or XML. */
@NullMarked
package org.holdfast.tools.mon;

import org.jspecify.annotations.NullMarked;
