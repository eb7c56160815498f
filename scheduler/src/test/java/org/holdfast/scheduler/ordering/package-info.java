/** Tests of orderings and how they spread. */
@NullMarked
package org.holdfast.scheduler.ordering;

import org.jspecify.annotations.NullMarked;
