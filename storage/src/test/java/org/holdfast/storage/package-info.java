/** Tests of the durable files against Pacemaker's and Corosync's own. */
@NullMarked
package org.holdfast.storage;

import org.jspecify.annotations.NullMarked;
