/** What is to be done with resources, in small clusters. */
@NullMarked
package org.holdfast.scheduler.actions;

import org.jspecify.annotations.NullMarked;
